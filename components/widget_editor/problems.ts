import * as v from "valibot";
import { WidgetContent } from "@/lib/model/widget.ts";

/**
 * What is wrong, in the words of the schemas (lib/model), by path in the content:
 * `agents.3.email`, `appearance.colors.accent`. One a path: the first.
 */
export type Problems = Readonly<Record<string, string>>;

export function problemsOf(content: WidgetContent): Problems {
  return problemsIn(WidgetContent, content);
}

/** The same for any schema: that of one agent in its dialog, of a person. */
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

/** The part of `problems` below `prefix`, by the rest of the path. */
export function problemsBelow(problems: Problems, prefix: string): Problems {
  return Object.fromEntries(
    Object.entries(problems)
      .filter(([path]) => path.startsWith(prefix + "."))
      .map(([path, text]) => [path.slice(prefix.length + 1), text]),
  );
}
