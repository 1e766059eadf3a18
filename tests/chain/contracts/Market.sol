// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

// The readable side of lending markets: every value is set by whoever asks, nothing is computed.

contract MarketAmm {
    struct Numbers {
        uint256 A;
        uint256 fee;
        uint256 adminFee;
        uint256 basePrice;
        uint256 rateMul;
        uint256 rate;
        uint256 priceOracle;
        uint256 p;
        int256 activeBand;
        int256 minBand;
        int256 maxBand;
        uint256 adminFeesX;
        uint256 adminFeesY;
    }

    struct Position {
        int256 n1;
        int256 n2;
        uint256[] x;
        uint256[] y;
        uint256[2] sum;
    }

    Numbers internal numbers;
    address[2] public coins;
    address public admin;
    /// Four mappings of the bands and users stand from this slot on, each keyed by slot, then key.
    uint256 internal immutable first;
    mapping(address => Position) private positions;

    constructor(address borrowed, address collateral, uint256 first_) {
        coins = [borrowed, collateral];
        first = first_;
    }

    function set(Numbers calldata numbers_, address admin_) external {
        numbers = numbers_;
        admin = admin_;
    }

    function setBands(int256[] calldata n, uint256[] calldata x, uint256[] calldata y, uint256[] calldata shares) external {
        for (uint256 i; i < n.length; ++i) {
            store(entry(first, uint256(n[i])), x[i]);
            store(entry(first + 1, uint256(n[i])), y[i]);
            store(entry(first + 2, uint256(n[i])), shares[i]);
        }
    }

    function setPosition(address user, Position calldata position, uint256[] calldata packed) external {
        positions[user] = position;
        uint256 slot = entry(first + 3, uint256(uint160(user)));
        for (uint256 i; i < packed.length; ++i) store(slot + i, packed[i]);
    }

    function A() external view returns (uint256) { return numbers.A; }
    function fee() external view returns (uint256) { return numbers.fee; }
    function get_base_price() external view returns (uint256) { return numbers.basePrice; }
    function get_rate_mul() external view returns (uint256) { return numbers.rateMul; }
    function rate() external view returns (uint256) { return numbers.rate; }
    function price_oracle() external view returns (uint256) { return numbers.priceOracle; }
    function get_p() external view returns (uint256) { return numbers.p; }
    function active_band() external view returns (int256) { return numbers.activeBand; }
    function min_band() external view returns (int256) { return numbers.minBand; }
    function max_band() external view returns (int256) { return numbers.maxBand; }
    function bands_x(int256 n) external view returns (uint256) { return load(entry(first, uint256(n))); }
    function bands_y(int256 n) external view returns (uint256) { return load(entry(first + 1, uint256(n))); }

    function read_user_tick_numbers(address user) external view returns (int256[2] memory) {
        return [positions[user].n1, positions[user].n2];
    }

    function get_xy(address user) external view returns (uint256[][2] memory) {
        return [positions[user].x, positions[user].y];
    }

    function get_sum_xy(address user) external view returns (uint256[2] memory) {
        return positions[user].sum;
    }

    function entry(uint256 slot, uint256 key) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(slot, key)));
    }

    function store(uint256 slot, uint256 value) private {
        assembly { sstore(slot, value) }
    }

    function load(uint256 slot) private view returns (uint256 value) {
        assembly { value := sload(slot) }
    }
}

/// As of all but the second version: with an admin's share of the fee, and with the oracle named.
contract MarketAmmWithAdminFee is MarketAmm {
    address public price_oracle_contract;

    constructor(address borrowed, address collateral, uint256 first_, address oracle) MarketAmm(borrowed, collateral, first_) {
        price_oracle_contract = oracle;
    }

    function admin_fee() external view returns (uint256) { return numbers.adminFee; }
    function admin_fees_x() external view returns (uint256) { return numbers.adminFeesX; }
    function admin_fees_y() external view returns (uint256) { return numbers.adminFeesY; }
}

contract MarketOracle {
    uint256 public price;

    constructor(uint256 price_) {
        price = price_;
    }
}

contract RateOfOne {
    uint256 public rate;

    constructor(uint256 rate_) {
        rate = rate_;
    }
}

contract RateOfEach {
    mapping(address => uint256) public rate;

    function set(address market, uint256 rate_) external {
        rate[market] = rate_;
    }
}

contract MintFactory {
    mapping(address => uint256) public debt_ceiling;
}

contract LendingFactory {
    uint256 public market_count;
}

contract MarketVault {
    address public controller;

    constructor(address controller_) {
        controller = controller_;
    }
}

/// What all controllers have in common.
contract MarketLoans {
    struct Numbers {
        uint256 loanDiscount;
        uint256 liquidationDiscount;
        uint256 loans;
        uint256 totalDebt;
    }

    struct Loan {
        uint256 debt;
        uint256 liquidationDiscount;
        int256 health;
        int256 healthFull;
        uint256[2] prices;
    }

    address public factory;
    address public monetary_policy;
    Numbers private numbers;
    mapping(address => Loan) private loanOf;

    function set(address factory_, address policy, Numbers calldata numbers_) external {
        (factory, monetary_policy, numbers) = (factory_, policy, numbers_);
    }

    function setLoan(address user, Loan calldata loan) external {
        loanOf[user] = loan;
    }

    function loan_discount() external view returns (uint256) { return numbers.loanDiscount; }
    function liquidation_discount() external view returns (uint256) { return numbers.liquidationDiscount; }
    function n_loans() external view returns (uint256) { return numbers.loans; }
    function total_debt() external view returns (uint256) { return numbers.totalDebt; }
    function debt(address user) external view returns (uint256) { return loanOf[user].debt; }
    function liquidation_discounts(address user) external view returns (uint256) { return loanOf[user].liquidationDiscount; }
    function user_prices(address user) external view returns (uint256[2] memory) { return loanOf[user].prices; }

    function health(address user, bool full) external view returns (int256) {
        require(loanOf[user].debt > 0, "Loan doesn't exist");
        return full ? loanOf[user].healthFull : loanOf[user].health;
    }
}

abstract contract WithAmm is MarketLoans {
    address public amm;

    constructor(address amm_) {
        amm = amm_;
    }
}

/// Calls of methods that it does not have succeed with nothing.
contract Controller2023 is WithAmm {
    uint256 public constant minted = 11;
    uint256 public constant redeemed = 7;

    constructor(address amm_) WithAmm(amm_) {}

    fallback() external {}
}

contract Controller2024 is WithAmm {
    uint256 public constant minted = 11;
    uint256 public constant redeemed = 7;

    constructor(address amm_) WithAmm(amm_) {}

    function save_rate() external {}
}

contract Controller2025 is Controller2024 {
    mapping(address => uint256) public extra_health;

    constructor(address amm_) Controller2024(amm_) {}

    function setExtraHealth(address user, uint256 value) external {
        extra_health[user] = value;
    }
}

contract ControllerOfVault is WithAmm {
    mapping(address => uint256) public extra_health;
    uint256 public constant borrow_cap = 5e30;
    uint256 public constant admin_percentage = 1e17;
    uint256 public constant admin_fees = 3;
    uint256 public available_balance;

    constructor(address amm_, uint256 available) WithAmm(amm_) {
        available_balance = available;
    }

    function save_rate() external {}
}

contract MarketOperator is MarketLoans {
    address public AMM;
    uint256 public debt_ceiling;

    constructor(address amm_, uint256 ceiling) {
        AMM = amm_;
        debt_ceiling = ceiling;
    }
}
