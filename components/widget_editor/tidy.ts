import type { WidgetContent } from "@/lib/model/widget.ts";

/** Returns the content to save: fields of several lines lose their empty
 * lines. */
export function tidy(content: WidgetContent): WidgetContent {
  const { sites, pageParameters, appearance, callbacks } = content;
  const helpTexts = withoutEmpty(appearance.helpTexts);
  return {
    ...content,
    sites: withoutEmpty(sites),
    pageParameters: withoutEmpty(pageParameters),
    appearance: { ...appearance, helpTexts },
    callbacks: {
      ...callbacks,
      countries: withoutEmpty(callbacks.countries),
    },
  };
}

function withoutEmpty(lines: readonly string[]): string[] {
  return lines.map((line) => line.trim()).filter((line) => line !== "");
}
