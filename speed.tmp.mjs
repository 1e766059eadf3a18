import { farm, llamma } from "llamath";
const wad=10n**18n;
const t=(n,f)=>{for(let i=0;i<n;i++)f(i);const b=performance.now();for(let i=0;i<n;i++)f(i);return (performance.now()-b)/n*1e3};
const m=llamma.createMarket({generation:"v1",A:100,basePrice:3000n*wad,fee:6n*10n**15n,loanDiscount:9n*10n**16n,liquidationDiscount:6n*10n**16n,collateralDecimals:18,borrowedDecimals:18,now:17e8});
const s=llamma.createLoan({state:m,user:"a",collateral:100n*wad,debt:150000n*wad,bands:50});
const s2=llamma.setPrice({state:s,price:2000n*wad,secs:600});
const i={allocPoint:10,totalAllocPoint:92,emission:.5,emissionSecs:3,tokenPriceUsd:.25,stakedUsd:5e5};
console.log("farm.apr us",t(20000,()=>farm.apr(i)).toFixed(3),
"loan us",t(500,()=>llamma.loan({state:s,user:"a"})).toFixed(1),
"health",t(500,()=>llamma.health({state:s,user:"a"})).toFixed(1),
"previews us",t(20,()=>llamma.loanPreviews({state:s,collateral:wad,debt:1500n*wad})).toFixed(0),
"swap us",t(200,()=>llamma.swap({state:s2,sell:"collateral",amountIn:wad})).toFixed(1),
"quote us",t(200,()=>llamma.quote({state:s2,sell:"borrowed",amountIn:50000n*wad})).toFixed(1),
"arb us",t(50,()=>llamma.arbitrage({state:s2})).toFixed(1));
