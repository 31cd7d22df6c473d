import ts from "typescript";

/**
 * One way to take a guard out of a file: the text from `start` to `end` becomes `replacement`.
 *
 * @typedef {object} Mutant
 * @property {number} start
 * @property {number} end
 * @property {string} replacement
 * @property {number} line from 1
 * @property {string} inside the function around it, "" at the top of the file
 * @property {string} what
 */

const guardCalls = /^(assert|lock|record$|require)/;
const narrowing = new Set(["where", "whereRef", "filter", "forUpdate", "forNoKeyUpdate", "forShare", "skipLocked"]);

/**
 * Every guard of a file, each taken out alone: a statement that refuses or returns early, a condition turned around, half of
 * an `&&` or `||`, a `where`, a row lock, a call of `assert…`, `lock…` or `record`.
 *
 * @param {string} text
 * @returns {Mutant[]} in the order of the file
 */
export function listMutants(text) {
  const source = ts.createSourceFile("file.ts", text, ts.ScriptTarget.Latest, true);
  const found = [];
  const visit = (node) => {
    for (const [target, replacement, what] of mutate(node, source)) {
      const start = target.getStart(source);
      const line = source.getLineAndCharacterOfPosition(start).line + 1;
      found.push({ start, end: target.getEnd(), replacement, line, inside: functionAround(target), what });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.sort((one, other) => one.start - other.start);
}

function functionAround(node) {
  for (let around = node.parent; around !== undefined; around = around.parent) {
    if (ts.isFunctionDeclaration(around) || ts.isMethodDeclaration(around)) return around.name?.getText() ?? "";
  }
  return "";
}

/** The text with the mutant in it. */
export function applyMutant(text, { start, end, replacement }) {
  return text.slice(0, start) + replacement + text.slice(end);
}

function mutate(node, source) {
  if (ts.isIfStatement(node)) return mutateIf(node, source);
  if (ts.isThrowStatement(node)) return isWholeBranch(node) ? [] : [[node, ";", `without ${short(node, source)}`]];
  if (ts.isExpressionStatement(node)) return mutateCallStatement(node, source);
  if (ts.isConditionalExpression(node)) return [turnAround(node.condition, source)];
  if (ts.isBinaryExpression(node)) return mutateLogic(node, source);
  if (ts.isCallExpression(node)) return mutateChain(node, source);
  return [];
}

function mutateIf(node, source) {
  const around = turnAround(node.expression, source);
  if (node.elseStatement !== undefined || !leaves(node.thenStatement)) return [around];
  return [[node, ";", `without if (${short(node.expression, source)}) …`], around];
}

function mutateCallStatement(node, source) {
  const expression = ts.isAwaitExpression(node.expression) ? node.expression.expression : node.expression;
  if (!ts.isCallExpression(expression)) return [];
  const { expression: callee } = expression;
  const called = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText(source);
  return guardCalls.test(called) ? [[node, ";", `without ${short(node, source)}`]] : [];
}

function mutateLogic(node, source) {
  const { kind } = node.operatorToken;
  if (kind !== ts.SyntaxKind.AmpersandAmpersandToken && kind !== ts.SyntaxKind.BarBarToken) return [];
  const [left, right] = [node.left, node.right].map((side) => side.getText(source));
  return [
    [node, `(${left})`, `without ${short(node.right, source)}`],
    [node, `(${right})`, `without ${short(node.left, source)}`],
  ];
}

function mutateChain(node, source) {
  const { expression: callee } = node;
  if (!ts.isPropertyAccessExpression(callee) || !narrowing.has(callee.name.text)) return [];
  const call = `.${callee.name.text}(${node.arguments.map((argument) => argument.getText(source)).join(", ")})`;
  return [[node, callee.expression.getText(source), `without ${oneLine(call)}`]];
}

function turnAround(condition, source) {
  return [condition, `!(${condition.getText(source)})`, `not (${short(condition, source)})`];
}

function leaves(statement) {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
  return last !== undefined && (ts.isThrowStatement(last) || ts.isReturnStatement(last));
}

/** The `if` around it is taken out as a whole already. */
function isWholeBranch(node) {
  const branch = ts.isBlock(node.parent) && node.parent.statements.length === 1 ? node.parent : node;
  return ts.isIfStatement(branch.parent) && branch.parent.elseStatement === undefined;
}

function short(node, source) {
  return oneLine(node.getText(source));
}

function oneLine(text) {
  const line = text.replace(/\s+/g, " ");
  return line.length > 90 ? `${line.slice(0, 89)}…` : line;
}
