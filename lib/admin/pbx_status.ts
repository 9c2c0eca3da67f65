import type { BankStatus } from "@/lib/pbx/status.ts";
import type { PbxRefusal, PbxStatus } from "@/lib/protocol/admin/pbx.ts";

/** Rejected addresses that the page shows. */
const REFUSALS_MAX = 50;

/** Returns the state of a bank in the format of the admin's protocol. */
export function statusOf({ links, waiting, refusals }: BankStatus): PbxStatus {
  return {
    links: links.map(({ roundTripMs, apis, missing, errors, ...link }) => ({
      ...link,
      apis: [...apis],
      missing: missing.map(({ right, isMandatory }) => ({
        right,
        isMandatory,
      })),
      errors: [...errors],
      ...(roundTripMs !== undefined && { roundTripMs }),
    })),
    waiting,
    refusals,
  };
}

/** Returns the state of several instances, each with its id; empty for none. */
export function mergedStatus(
  all: readonly (readonly [instance: string, status: PbxStatus])[],
): PbxStatus {
  const statuses = all.map(([, status]) => status);
  const links = all.flatMap(([instance, status]) =>
    status.links.map((link) => instance === "" ? link : { ...link, instance })
  );
  return {
    links: links.sort((one, other) => one.key < other.key ? -1 : 1),
    waiting: statuses.reduce((sum, { waiting }) => sum + waiting, 0),
    refusals: mergedRefusals(statuses.flatMap(({ refusals }) => refusals)),
  };
}

function mergedRefusals(all: readonly PbxRefusal[]): PbxRefusal[] {
  const merged = new Map<string, PbxRefusal>();
  for (const one of all) {
    const key = `${one.reason} ${one.address}`;
    const other = merged.get(key);
    merged.set(key, {
      ...one,
      count: one.count + (other?.count ?? 0),
      lastAt: Math.max(one.lastAt, other?.lastAt ?? 0),
    });
  }
  return [...merged.values()].sort((a, b) => b.lastAt - a.lastAt)
    .slice(0, REFUSALS_MAX);
}
