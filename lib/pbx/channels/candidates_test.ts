import { deepEqual } from "node:assert/strict";
import { candidateLines, candidatesOf } from "./candidates.ts";

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

const LINE = {
  foundation: "1",
  component: 1,
  transport: "UDP",
  priority: 100,
  ip: "192.0.2.66",
  port: 5_000,
  type: "host",
};

Deno.test("[P6] only UDP candidates with an address, a port, a known kind and a plain foundation are converted", () => {
  const isConverted = (members: object) =>
    candidatesOf([{ ...LINE, ...members }], true).length === 1;
  const usable = [
    {},
    { ip: "fd00::2" },
    { port: 1 },
    { port: 65_535 },
    ...["srflx", "prflx", "relay"].map((type) => ({ type })),
    { foundation: "x".repeat(32) },
  ];
  const unusable = [
    { transport: "tcp" },
    { ip: "page.local" },
    { port: 0 },
    { port: 65_536 },
    { type: "other" },
    { foundation: "x".repeat(33) },
    { foundation: "a b" },
    { component: 2 },
  ];

  deepEqual(usable.filter(isConverted), usable);
  deepEqual(unusable.filter(isConverted), []);
});

Deno.test("[P6] the RTCP port of a candidate is that of the same address and foundation", () => {
  const rtcpOf = (members: object, mux = false) =>
    candidatesOf([
      { ...LINE, component: 2, port: 5_001, priority: 99, ...members },
      LINE,
    ], mux).map(({ rtcp, rtcp_prio }) => [rtcp, rtcp_prio]);

  deepEqual(rtcpOf({}), [[5_001, 99]]);
  deepEqual(rtcpOf({}, true), [[5_000, 100]]);
  for (
    const other of [{ ip: "192.0.2.67" }, { foundation: "2" }, { port: 0 }]
  ) {
    deepEqual(rtcpOf(other), [[undefined, undefined]]);
  }
});
