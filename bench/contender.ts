import type { Process } from "./process.ts";
import type { Script } from "./script.ts";

/** A measured server: the program, or a bare one for comparison. */
export interface Contender extends AsyncDisposable {
  name: string;
  process: Process;
  /** The URL for visitors. */
  visitors: string;
  /** A visitor's first message; `script.start` is the answer. */
  start: string;
  script: Script;
  /** Makes it send `script.broadcasts.change` to all visitors; returns the
   * start time. */
  change(): Promise<number>;
  /** The same with `script.broadcasts.save`. */
  save(): Promise<number>;
}
