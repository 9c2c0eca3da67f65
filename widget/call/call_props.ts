import type { Model } from "../view/model.ts";
import type { CallRun } from "./call_run.ts";

/** The props of the parts of a call's view. */
export interface CallProps {
  run: CallRun;
  model: Model;
}
