import { common } from "./de/common.ts";
import type { AdminTexts } from "./texts.ts";

export const de: AdminTexts = { common };
