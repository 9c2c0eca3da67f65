import { ts } from "@ts-morph/common";

/** A part of a text that a mutant replaces. Offsets are in UTF-16 units. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** A change of one kind at a node of the syntax tree. */
export interface Change {
  operator: string;
  edits: Edit[];
}

type Operator = (node: ts.Node, file: ts.SourceFile) => Change[];

/** Returns all changes of this node. */
export function operatorsOf(node: ts.Node, file: ts.SourceFile): Change[] {
  return OPERATORS.flatMap((operator) => operator(node, file));
}

/** True for calls that only log, and for the check that a switch is complete. */
export function isQuiet({ expression }: ts.CallExpression): boolean {
  return /^(this\.)?#?(log|logger|console)\b|^assertNever$/.test(
    expression.getText(),
  );
}

const OPPOSITE = new Map<ts.SyntaxKind, string>([
  [ts.SyntaxKind.EqualsEqualsEqualsToken, "!=="],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, "==="],
  [ts.SyntaxKind.LessThanToken, ">="],
  [ts.SyntaxKind.LessThanEqualsToken, ">"],
  [ts.SyntaxKind.GreaterThanToken, "<="],
  [ts.SyntaxKind.GreaterThanEqualsToken, "<"],
]);
const OTHER_LOGIC = new Map<ts.SyntaxKind, string>([
  [ts.SyntaxKind.AmpersandAmpersandToken, "||"],
  [ts.SyntaxKind.BarBarToken, "&&"],
]);

const OPERATORS: Operator[] = [
  (node) => replaceOperator(node, "flip comparison", OPPOSITE),
  (node) => replaceOperator(node, "swap && and ||", OTHER_LOGIC),
  negateIf,
  dropStatement,
  changeNumber,
  returnAnother,
  dropEarlyReturn,
  swapCases,
  swapState,
];

function replaceOperator(
  node: ts.Node,
  operator: string,
  texts: ReadonlyMap<ts.SyntaxKind, string>,
): Change[] {
  if (!ts.isBinaryExpression(node)) return [];
  const text = texts.get(node.operatorToken.kind);
  if (text === undefined) return [];
  return [{ operator, edits: [replace(node.operatorToken, text)] }];
}

function negateIf(node: ts.Node): Change[] {
  if (!ts.isIfStatement(node)) return [];
  const { expression } = node;
  return [{
    operator: "negate if",
    edits: [replace(expression, `!(${expression.getText()})`)],
  }];
}

function dropStatement(node: ts.Node): Change[] {
  if (!ts.isExpressionStatement(node)) return [];
  const bare = bareOf(node.expression);
  if (ts.isCallExpression(bare)) {
    const isSuper = bare.expression.kind === ts.SyntaxKind.SuperKeyword;
    return isSuper || isQuiet(bare) ? [] : [drop(node, "drop call")];
  }
  return isAssignment(bare) ? [drop(node, "drop assignment")] : [];
}

/** Returns the expression without `await`, `void` and parentheses. */
function bareOf(expression: ts.Expression): ts.Expression {
  if (
    ts.isAwaitExpression(expression) || ts.isVoidExpression(expression) ||
    ts.isParenthesizedExpression(expression)
  ) return bareOf(expression.expression);
  return expression;
}

function isAssignment(node: ts.Expression): boolean {
  if (ts.isDeleteExpression(node) || ts.isPostfixUnaryExpression(node)) {
    return true;
  }
  if (ts.isPrefixUnaryExpression(node)) {
    return node.operator === ts.SyntaxKind.PlusPlusToken ||
      node.operator === ts.SyntaxKind.MinusMinusToken;
  }
  return ts.isBinaryExpression(node) &&
    node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
    node.operatorToken.kind <= ts.SyntaxKind.LastAssignment;
}

function changeNumber(node: ts.Node): Change[] {
  if (!ts.isNumericLiteral(node)) return [];
  const value = Number(node.text);
  const texts = value === 0 ? ["1"] : [`${value + 1}`, `${value * 10}`];
  return texts.map((text, at) => ({
    operator: at === 0 ? "number + 1" : "number × 10",
    edits: [replace(node, text)],
  }));
}

function returnAnother(node: ts.Node): Change[] {
  if (!ts.isReturnStatement(node) || node.expression === undefined) return [];
  const { expression } = node;
  const text = anotherValue(expression, returnTypeOf(node));
  return text === undefined || text === expression.getText() ? [] : [{
    operator: "return another value",
    edits: [replace(expression, text)],
  }];
}

/** Another value of the same type, as far as the text shows the type. */
function anotherValue(
  value: ts.Expression,
  type: string | undefined,
): string | undefined {
  if (value.kind === ts.SyntaxKind.TrueKeyword) return "false";
  if (value.kind === ts.SyntaxKind.FalseKeyword) return "true";
  if (type === "boolean") return `!(${value.getText()})`;
  if (type === "number" && !ts.isNumericLiteral(value)) {
    return `(${value.getText()}) + 1`;
  }
  if (type === undefined) return undefined;
  if (type.endsWith("| undefined")) return "undefined";
  if (type.endsWith("| null")) return "null";
  return type.endsWith("[]") ? "[]" : undefined;
}

/** The written return type of the function around a node, without `Promise`. */
function returnTypeOf(node: ts.Node): string | undefined {
  const around = ts.findAncestor(node, ts.isFunctionLike);
  const type = around?.type?.getText().replaceAll(/\s+/g, " ");
  return type?.replace(/^Promise<(.*)>$/, "$1");
}

/** `if (…) return …;` with more behind it: the return is dropped. */
function dropEarlyReturn(node: ts.Node): Change[] {
  if (!ts.isReturnStatement(node)) return [];
  const block = ts.isBlock(node.parent) ? node.parent : node;
  const branch = block.parent;
  if (!ts.isIfStatement(branch) || !isFollowed(branch)) return [];
  return [drop(node, "drop early return")];
}

function isFollowed(statement: ts.Statement): boolean {
  const { parent } = statement;
  const all = ts.isBlock(parent) || ts.isCaseOrDefaultClause(parent)
    ? parent.statements
    : undefined;
  return all !== undefined && all.at(-1) !== statement;
}

/** Swaps the labels of a `case` and the next one that has its own code. */
function swapCases(node: ts.Node): Change[] {
  if (!ts.isCaseClause(node) || node.statements.length === 0) return [];
  const { clauses } = node.parent;
  const next = clauses[clauses.indexOf(node) + 1];
  if (next === undefined || !ts.isCaseClause(next)) return [];
  return [{
    operator: "swap cases",
    edits: [
      replace(node.expression, next.expression.getText()),
      replace(next.expression, node.expression.getText()),
    ],
  }];
}

/** `{ state: "a" }` becomes another state that the file names. */
function swapState(node: ts.Node, file: ts.SourceFile): Change[] {
  if (!ts.isPropertyAssignment(node) || node.name.getText() !== "state") {
    return [];
  }
  const { initializer } = node;
  if (!ts.isStringLiteral(initializer)) return [];
  const states = [
    ...new Set(
      [...file.text.matchAll(/\bstate: "([^"]+)"/g)].map(([, name]) => name),
    ),
  ];
  const other = states[(states.indexOf(initializer.text) + 1) % states.length];
  if (other === undefined || other === initializer.text) return [];
  return [{
    operator: "swap states",
    edits: [replace(initializer, JSON.stringify(other))],
  }];
}

/** An `if` without a body would not compile, so an empty block remains. */
function drop(node: ts.Statement, operator: string): Change {
  return { operator, edits: [replace(node, "{}")] };
}

function replace(node: ts.Node, text: string): Edit {
  return { start: node.getStart(), end: node.getEnd(), text };
}
