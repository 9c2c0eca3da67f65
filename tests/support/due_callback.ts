import type { DueCallback } from "@/lib/protocol/admin/callbacks.ts";

/** Returns a callback that rings for an agent. */
export function dueCallback(
  number: string,
  more: Partial<DueCallback> = {},
): DueCallback {
  const { ring = 1 } = more;
  return {
    ...{ number, revision: "r1", id: `${number}${ring}`, state: "ringing" },
    ...{ name: "Jonas", reply: "+49 7031 73009", text: "Please call" },
    ...{ widget: "Shop", ring, rings: 3 },
    ...more,
  };
}
