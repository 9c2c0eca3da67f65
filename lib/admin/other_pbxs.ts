import type { LinkFacts } from "@/lib/pbx/status.ts";
import type { PbxStatus, TraceEntryView } from "@/lib/protocol/admin/pbx.ts";
import type { TraceCursor } from "./trace_cursor.ts";

/** The PBXs that are linked at other instances of the service. */
export interface OtherPbxs {
  /** Id of this instance; empty for a single process. */
  readonly own: string;
  /** Returns what each of them tells all others without being asked. */
  facts(): readonly LinkFacts[];
  /** Asks each of them for its links. `silent` counts those without an
   * answer. */
  status(): Promise<
    { found: ReadonlyMap<string, PbxStatus>; silent: number }
  >;
  /** Asks each of them for its messages that contain `text`, after those in the
   * cursor. One without an answer is absent. */
  trace(
    text: string,
    after: TraceCursor,
  ): Promise<ReadonlyMap<string, TraceEntryView[]>>;
}

/** For a single process. */
export const NO_OTHER_PBXS: OtherPbxs = {
  own: "",
  facts: () => [],
  status: () => Promise.resolve({ found: new Map(), silent: 0 }),
  trace: () => Promise.resolve(new Map()),
};
