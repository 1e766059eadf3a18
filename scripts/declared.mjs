// What the package's TypeScript declares, as data: the checked reader and the writer go by it.
//
// A type is the name of another, a name with "[]" or "&"; words are a list of texts, an object
// has its fields (an optional one ends in "?"), kinds of objects are a list of objects.
import ts from "typescript";

/** Functions by full name, as [input, output], and types by name. */
export function declared(dts) {
  const source = ts.createSourceFile("llamath.d.ts", dts, ts.ScriptTarget.Latest, true);
  const functions = {};
  const types = {};
  const declare = (name, type) => {
    if (Object.hasOwn(types, name)) throw new Error(`two types are called ${name}`);
    types[name] = type;
  };
  for (const node of source.statements) {
    if (ts.isInterfaceDeclaration(node)) declare(node.name.text, fields(node.members));
    else if (ts.isTypeAliasDeclaration(node)) declare(node.name.text, type(node.type));
    else if (ts.isFunctionDeclaration(node) && /^[a-z]\w*__/.test(node.name.text) && node.type) {
      const name = node.name.text.replaceAll("__", ".");
      const [input] = node.parameters;
      functions[name] = [input ? type(input.type) : null, type(node.type)];
    }
  }
  return { functions, types };
}

function fields(members) {
  return Object.fromEntries(members.map((member) => [
    member.name.text + (member.questionToken ? "?" : ""),
    type(member.type),
  ]));
}

function type(node) {
  if (ts.isArrayTypeNode(node)) {
    const entry = type(node.elementType);
    if (typeof entry !== "string") throw new Error(`name the type of the entries of ${node.getText()}`);
    return `${entry}[]`;
  }
  if (ts.isTypeLiteralNode(node)) return fields(node.members);
  if (ts.isIntersectionTypeNode(node)) return node.types.map(type).join("&");
  if (ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal)) return [node.literal.text];
  // The core knows the names of its inputs.
  if (ts.isTypeOperatorNode(node)) return "string";
  if (ts.isUnionTypeNode(node)) {
    const text = node.getText();
    if (text === "number | Float64Array") return "column";
    if (text.includes("ContractAnswer[]")) return "contractAnswer";
    const parts = node.types.map(type);
    if (parts.every(Array.isArray)) return parts.flat();
    if (parts.every((part) => typeof part === "object" && !Array.isArray(part))) return parts;
    throw new Error(`what is ${text}?`);
  }
  return node.getText();
}
