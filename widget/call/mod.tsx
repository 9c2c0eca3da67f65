import { addSheet } from "../view/sheets.ts";
import css from "./call.css" with { type: "text" };
import { CallRun } from "./call_run.ts";
import { CallBar, CallView, inWords } from "./call_view.tsx";
import type { CallDesk, CallOwner, CallRequest } from "./port.ts";

/** Starts a call by requesting the devices. */
export function createCall(owner: CallOwner, plan: CallRequest): CallDesk {
  addSheet(css);
  return new CallRun(owner, plan, {
    views: {
      whole: (run, model) => <CallView run={run} model={model} />,
      bar: (run, model) => <CallBar run={run} model={model} />,
      inWords,
    },
  });
}
