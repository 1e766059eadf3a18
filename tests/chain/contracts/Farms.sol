// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// Pays per block; the pool's struct begins with the staked token.
contract FarmPerBlock {
    struct Pool {
        address lpToken;
        uint256 allocPoint;
        uint256 lastRewardBlock;
        uint256 accCakePerShare;
        uint16 depositFeeBP;
    }

    address public immutable cake;
    uint256 public cakePerBlock;
    uint256 public totalAllocPoint;
    uint256 public multiplier = 1;
    Pool[] public poolInfo;

    constructor(address cake_, uint256 cakePerBlock_) {
        cake = cake_;
        cakePerBlock = cakePerBlock_;
    }

    function poolLength() external view returns (uint256) {
        return poolInfo.length;
    }

    function add(address lpToken, uint256 allocPoint) external {
        totalAllocPoint += allocPoint;
        poolInfo.push(Pool(lpToken, allocPoint, block.number, 7e24, 400));
    }

    function set(uint256 pid, uint256 allocPoint) external {
        totalAllocPoint = totalAllocPoint + allocPoint - poolInfo[pid].allocPoint;
        poolInfo[pid].allocPoint = allocPoint;
    }

    function setEmission(uint256 cakePerBlock_) external {
        cakePerBlock = cakePerBlock_;
    }

    function setMultiplier(uint256 multiplier_) external {
        multiplier = multiplier_;
    }

    function getMultiplier(uint256 from, uint256 to) external view returns (uint256) {
        return (to - from) * multiplier;
    }
}

/// Pays per second; the staked tokens stand in a list of their own and no method gives the number of pools.
contract FarmPerSecond {
    struct Pool {
        uint128 accPerShare;
        uint64 lastRewardTime;
        uint64 allocPoint;
    }

    address public immutable SUSHI;
    uint256 public immutable sushiPerSecond;
    uint256 public totalAllocPoint;
    Pool[] public poolInfo;
    address[] public lpToken;

    constructor(address sushi, uint256 sushiPerSecond_) {
        SUSHI = sushi;
        sushiPerSecond = sushiPerSecond_;
    }

    function add(address staked, uint64 allocPoint, uint128 accPerShare) external {
        totalAllocPoint += allocPoint;
        poolInfo.push(Pool(accPerShare, uint64(block.timestamp), allocPoint));
        lpToken.push(staked);
    }
}

/// Nothing here bears a name that farms are known by.
contract FarmUnusual {
    struct Lane {
        uint256 heat;
        uint256 since;
        bool open;
        address wood;
    }

    address public immutable prize;
    uint256 public allHeat;
    Lane[] public lanes;

    constructor(address prize_) {
        prize = prize_;
    }

    function add(address wood, uint256 heat) external {
        allHeat += heat;
        lanes.push(Lane(heat, block.number, true, wood));
    }

    function drip(bool open) external pure returns (uint256) {
        return open ? 3e17 : 1;
    }
}

/// Answers in ways that cannot be told apart.
contract FarmUnclear {
    address public immutable rewardToken;
    address public immutable sushi = address(0xBEEF);
    uint256 public constant rewardPerBlock = 5;
    uint256 public constant tokenPerBlock = 6;
    uint256 public constant totalAllocPoint = 1000;
    address public immutable lpToken_;

    constructor(address rewardToken_, address lpToken__) {
        rewardToken = rewardToken_;
        lpToken_ = lpToken__;
    }

    function lpToken(uint256) external view returns (address) {
        return lpToken_;
    }

    function poolInfo(uint256 pid) external pure returns (uint256, uint256, uint256) {
        require(pid < 2);
        return pid == 0 ? (uint256(10), 100, uint256(20)) : (uint256(5000), 5000, uint256(5000));
    }
}

/// Answers whatever it was told to, method by method.
contract Parrot {
    mapping(bytes4 => bytes) private answers;
    mapping(bytes4 => bool) private refuses;

    function teach(bytes4 method, bytes calldata answer, bool refuse) external {
        answers[method] = answer;
        refuses[method] = refuse;
    }

    fallback() external {
        bytes memory answer = answers[msg.sig];
        bool refuse = refuses[msg.sig] || answer.length == 0;
        assembly {
            if refuse {
                revert(add(answer, 32), mload(answer))
            }
            return(add(answer, 32), mload(answer))
        }
    }
}
