import { de } from "./de.ts";
import { en } from "./en.ts";
import type { WidgetTexts } from "./texts.ts";

/** The languages of the widget by tag. The server sends the one that is used. */
export const WIDGET_LANGUAGES: Record<string, WidgetTexts> = { de, en };
