import type { WidgetTexts } from "./texts.ts";

export const en: WidgetTexts = {
  title: "How can we help?",
};
