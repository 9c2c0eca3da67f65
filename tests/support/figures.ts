import { figuresOf } from "@/lib/statistics/figures.ts";
import type { Figures } from "@/lib/protocol/admin/statistics.ts";

/** Returns figures in which only `own` is not 0. */
export function someFigures(own: Partial<Figures> = {}): Figures {
  return { ...figuresOf(new Map()), ...own };
}
