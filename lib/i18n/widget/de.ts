import type { WidgetTexts } from "./texts.ts";

export const de: WidgetTexts = {
  title: "Wie können wir helfen?",
};
