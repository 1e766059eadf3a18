//! The vaults of `lending` for JavaScript.

use tsify::Tsify;
use wasm_bindgen::prelude::*;

use crate::fixed::U256;
use crate::lending::{self, VaultAction};
use crate::wasm::call;
use crate::wasm::reader::{bigint, inputs};
use crate::wasm::words::words;
use crate::wasm::writer::outputs;

#[wasm_bindgen(typescript_custom_section)]
const WORDS: &str = r#"
/** What a lender does with a vault: bring or take so many assets, or the assets of so many shares. */
export type VaultAction = "deposit" | "mint" | "withdraw" | "redeem";
"#;

inputs! {
    /// A vault of LlamaLend.
    VaultInput for lending::Vault {
        /// Decimals of the borrowed token, at most 18.
        borrowed_decimals: u32,
        /// What is not lent out, in the token's own decimals.
        balance: bigint,
        /// What borrowers owe, in the token's own decimals.
        total_debt: bigint,
        /// Shares of all lenders, 18 decimals.
        total_supply: bigint,
        /// The admin's part of the balance in v2, in the token's own decimals; absent for v1.
        #[tsify(optional)]
        admin_fees: Option<bigint>,
    }

    /// Shares of a lender.
    VaultShares for VaultShares {
        /// How many, 18 decimals; none if absent.
        #[tsify(optional)]
        shares: bigint = U256::ZERO,
    }

    /// What a lender does with a vault.
    VaultActInput for VaultActInput {
        /// What to do.
        #[tsify(type = "VaultAction")]
        action: VaultAction,
        /// How much: assets to deposit or withdraw, shares to mint or redeem.
        amount: bigint,
        /// The lender's shares, of which to withdraw or redeem; if absent, what is asked for is
        /// a preview, which does not depend on them.
        #[tsify(optional)]
        owned: Option<bigint>,
    }
}

outputs! {
    /// What a vault owns, what its shares are worth, and what can be had for some of them.
    VaultFigures {
        /// What the lenders own, in the token's own decimals.
        total_assets: bigint,
        /// What a share is worth, rounded down, 18 decimals.
        price_per_share: bigint,
        /// What a share is worth, rounded up, 18 decimals.
        price_per_share_ceil: bigint,
        /// What the lender's shares are worth, rounded down, in the token's own decimals.
        assets: bigint,
        /// The most assets that the lender can withdraw now.
        max_withdraw: bigint,
        /// The most shares that the lender can redeem now.
        max_redeem: bigint,
    }
}

words! {
    VaultAction { "deposit" Deposit "mint" Mint "withdraw" Withdraw "redeem" Redeem }
}

/// What a vault owns, what its shares are worth, and what can be had for some of them.
///
/// totalAssets = balance + totalDebt − adminFees; price = (totalAssets + 1 unit) /
/// (totalSupply + 1000 units), 0.001 without shares; nobody can take out what is lent
///
/// ```js
/// lending.vaultFigures({
///   borrowedDecimals: 8, balance: 3n, totalDebt: 46812632n, totalSupply: 467485783623746148309n,
///   shares: 467210273623746148309n,
/// }).maxRedeem // 29958949135661n
/// ```
#[wasm_bindgen(js_namespace = lending, js_name = vaultFigures, unchecked_return_type = "VaultFigures")]
pub fn vault_figures(
    #[wasm_bindgen(unchecked_param_type = "VaultInput & VaultShares")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |(vault, VaultShares { shares }): (lending::Vault, _)| {
        let [price_per_share, price_per_share_ceil] = vault.price_per_share()?;
        let [max_withdraw, max_redeem] = vault.limits(shares)?;
        Ok(VaultFigures {
            total_assets: vault.total_assets()?,
            price_per_share,
            price_per_share_ceil,
            assets: vault.convert_to_assets(shares)?,
            max_withdraw,
            max_redeem,
        })
    })
}

/// What a lender gets or has to bring: shares for a deposit or a withdrawal, assets to mint or
/// redeem.
///
/// Rounded against the lender. A preview of the first version refuses to take out more than the
/// balance. With `owned`, what the contract does: redeeming all shares of the first version pays
/// all assets; what is left must be nothing or at least 10000 units.
///
/// ```js
/// const vault = {
///   borrowedDecimals: 8, balance: 3n, totalDebt: 46812632n, totalSupply: 467485783623746148309n,
/// };
/// lending.vaultAct({ ...vault, action: "mint", amount: 149114627724040384n }) // 14932n
/// ```
#[wasm_bindgen(js_namespace = lending, js_name = vaultAct, unchecked_return_type = "bigint")]
pub fn vault_act(
    #[wasm_bindgen(unchecked_param_type = "VaultInput & VaultActInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |(vault, VaultActInput { action, amount, owned }): (lending::Vault, _)| match owned
    {
        Some(owned) => vault.settle(action, amount, owned),
        None => vault.preview(action, amount),
    })
}
