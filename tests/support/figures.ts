import { figuresOf } from "@/lib/statistics/figures.ts";
import type { Figures } from "@/lib/protocol/admin/statistics.ts";

/** Figures of a time in which nothing happened but `own`. */
export function someFigures(own: Partial<Figures> = {}): Figures {
  return { ...figuresOf(new Map()), ...own };
}
