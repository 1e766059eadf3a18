// One market's recommendation.

import { market } from "llamath/risk/web";
import type { ReportAsked, ReportFound } from "../jobs";
import { saidOfSettings } from "../refused";

const SETTINGS = {
  A: "A", fee: "fee", loss: "loss", margin: "margin", price: "price", collateralDecimals: "collateralDecimals", borrowedDecimals: "borrowedDecimals",
  // Which setting a contract's own refusal is about.
  wrongA: "A", feeTooLow: "fee", feeTooHigh: "fee", loanDiscountTooHigh: "loss", liquidationDiscountTooLow: "loss",
  noLiquidationDiscount: "loss", loanDiscountMustBeAbove: "margin", loanDiscountNotAbove: "margin",
};

export function recommended(asked: ReportAsked): ReportFound {
  return saidOfSettings(SETTINGS, () => market.recommend(asked));
}
