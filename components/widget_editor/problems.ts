import * as v from "valibot";
import { WidgetContent } from "@/lib/model/widget.ts";

/**
 * Error messages of the schemas (lib/model) by path in the content:
 * `agents.3.email`, `appearance.colors.accent`. The first one per path.
 */
export type Problems = Readonly<Record<string, string>>;

export function problemsOf(content: WidgetContent): Problems {
  return problemsIn(WidgetContent, content);
}

/** Returns the errors for any schema, such as one of an agent or a person. */
export function problemsIn(
  schema: v.GenericSchema,
  value: unknown,
): Problems {
  const result = v.safeParse(schema, value);
  if (result.success) return {};
  const problems: Record<string, string> = {};
  for (const issue of result.issues) {
    problems[v.getDotPath(issue) ?? ""] ??= issue.message;
  }
  return problems;
}

/** Returns the errors below `prefix`, by the rest of the path. */
export function problemsBelow(problems: Problems, prefix: string): Problems {
  return Object.fromEntries(
    Object.entries(problems)
      .filter(([path]) => path.startsWith(prefix + "."))
      .map(([path, text]) => [path.slice(prefix.length + 1), text]),
  );
}

/** The same, and with the errors of the value at `path` itself, as "". */
export function problemsAt(problems: Problems, path: string): Problems {
  const own = problems[path];
  const below = problemsBelow(problems, path);
  return own === undefined ? below : { ...below, "": own };
}
