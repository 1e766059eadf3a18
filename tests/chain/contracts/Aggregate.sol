// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract Aggregate {
    struct Call {
        address target;
        bool allowFailure;
        bytes callData;
    }

    struct Answer {
        bool success;
        bytes returnData;
    }

    function aggregate3(Call[] calldata calls) external payable returns (Answer[] memory answers) {
        answers = new Answer[](calls.length);
        for (uint256 i; i < calls.length; ++i) {
            (bool success, bytes memory data) = calls[i].target.call(calls[i].callData);
            require(success || calls[i].allowFailure, "call failed");
            answers[i] = Answer(success, data);
        }
    }

    function getBlockNumber() external view virtual returns (uint256) {
        return block.number;
    }
}

/// As on chains whose contracts see another chain's block number.
contract ForeignBlocks is Aggregate {
    function getBlockNumber() external view override returns (uint256) {
        return block.number / 48;
    }
}
