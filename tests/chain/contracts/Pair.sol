// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {Token} from "./Token.sol";

/// A constant-product pair's readable side; its LP tokens are minted by whoever asks.
contract Pair is Token {
    Token public immutable token0;
    Token public immutable token1;

    constructor(Token token0_, Token token1_) Token("LP", 18) {
        token0 = token0_;
        token1 = token1_;
    }

    function getReserves() external view returns (uint112, uint112, uint32) {
        return (uint112(token0.balanceOf(address(this))), uint112(token1.balanceOf(address(this))), uint32(block.timestamp));
    }
}
