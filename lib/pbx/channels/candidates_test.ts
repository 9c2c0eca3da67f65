import { deepEqual } from "node:assert/strict";
import { candidateLines } from "./candidates.ts";

const PLACE = { addr: "192.0.2.66", rtp: 5_000 };

Deno.test("[P6] RTCP has a line only if it has a port and isn't muxed", () => {
  const portsOf = (candidate: { rtcp?: number }, mux: boolean) =>
    candidateLines([{ ...PLACE, ...candidate }], mux)
      .map(({ component, port }) => [component, port]);

  deepEqual(portsOf({ rtcp: 5_001 }, false), [[1, 5_000], [2, 5_001]]);
  deepEqual(portsOf({ rtcp: 5_001 }, true), [[1, 5_000]]);
  deepEqual(portsOf({}, false), [[1, 5_000]]);
});

Deno.test("[P6] the priority of RTCP is one less than that of RTP, unless the PBX names it", () => {
  const prioritiesOf = (candidate: { rtp_prio: number; rtcp_prio?: number }) =>
    candidateLines([{ ...PLACE, rtcp: 5_001, ...candidate }], false)
      .map(({ priority }) => priority);

  deepEqual(prioritiesOf({ rtp_prio: 100 }), [100, 99]);
  deepEqual(prioritiesOf({ rtp_prio: 0 }), [0, 0]);
  deepEqual(prioritiesOf({ rtp_prio: 100, rtcp_prio: 7 }), [100, 7]);
});

Deno.test("[P6] candidates without a priority are preferred by their kind, and then by their order", () => {
  const types = [0, 1, 2, 3, undefined] as const;
  const candidates = types.map((type) => ({
    ...PLACE,
    ...(type === undefined ? {} : { type }),
  }));

  const lines = candidateLines(candidates, true);

  // RFC 8445, 5.1.2.1: 2^24 * kind + 2^8 * order + (256 - component).
  const preferences = [126, 100, 110, 0, 126].map((kind, index) =>
    2 ** 24 * kind + 2 ** 8 * (65_535 - index) + 255
  );
  deepEqual(lines.map(({ priority }) => priority), preferences);
  deepEqual(
    lines.map(({ type, foundation }) => `${type} ${foundation}`),
    ["host 1", "srflx 2", "prflx 3", "relay 4", "host 5"],
  );
});

Deno.test("[P6] only a candidate behind a NAT or a relay has a related address", () => {
  const related = (
    candidate: { type: 0 | 1; r_addr?: string; r_rtp?: number },
  ) =>
    candidateLines([{ ...PLACE, ...candidate }], true)
      .map(({ raddr, rport }) => [raddr, rport])[0];

  deepEqual(related({ type: 1, r_addr: "10.0.0.1", r_rtp: 4_000 }), [
    "10.0.0.1",
    4_000,
  ]);
  deepEqual(related({ type: 1, r_addr: "10.0.0.1" }), ["10.0.0.1", 9]);
  for (
    const none of [
      { type: 1 } as const,
      { type: 1, r_addr: "name.local" } as const,
      { type: 0, r_addr: "10.0.0.1" } as const,
    ]
  ) {
    deepEqual(related(none), [undefined, undefined]);
  }
});
