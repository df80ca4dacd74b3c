// What the pages need of Vega, under one global name. The interpreter lets charts run without eval.
export { default as embed } from "vega-embed";
export { expressionInterpreter } from "vega-interpreter";
