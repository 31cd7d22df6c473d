import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import type { Code } from "./code.ts";
import { functionOf, importOf, resolve } from "./resolve.ts";

/** A value that a file exports under a name. */
export interface ExportedValue {
  readonly name: string;
  readonly value: TSESTree.Node;
  /** Where to tell of it. */
  readonly node: TSESTree.Node;
}

/** The values that are exported. What is destructured or comes from another file is not among them: nothing is known of it. */
export function exportedValues(code: Code, program: TSESTree.Program): ExportedValue[] {
  return program.body.flatMap((statement) => {
    if (statement.type === T.ExportDefaultDeclaration) {
      return known(code, { name: "default", value: statement.declaration, node: statement });
    }
    if (statement.type !== T.ExportNamedDeclaration || statement.source !== null || statement.exportKind === "type")
      return [];
    const { declaration, specifiers } = statement;
    if (declaration?.type === T.FunctionDeclaration && declaration.id !== null) {
      return [{ name: declaration.id.name, value: declaration, node: declaration.id }];
    }
    if (declaration?.type === T.VariableDeclaration) return declaration.declarations.flatMap(declared);
    return specifiers.flatMap((specifier) => {
      const name = specifier.exported.type === T.Identifier ? specifier.exported.name : specifier.exported.value;
      return known(code, { name, value: specifier.local, node: specifier });
    });
  });
}

function declared({ id, init }: TSESTree.VariableDeclarator): ExportedValue[] {
  return id.type === T.Identifier && init ? [{ name: id.name, value: init, node: id }] : [];
}

function known(code: Code, exported: ExportedValue): ExportedValue[] {
  const isElsewhere = importOf(code, exported.value) !== undefined;
  const value = functionOf(code, exported.value) ?? resolve(code, exported.value);
  const isValue = value.type !== T.Identifier || value !== exported.value;
  return isElsewhere || !isValue || /^TS/.test(value.type) ? [] : [{ ...exported, value }];
}
