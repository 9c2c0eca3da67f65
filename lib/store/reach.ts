import { setTimeout as pause } from "node:timers/promises";
import { backoffMs } from "@/lib/base/backoff.ts";
import { errorMessage } from "@/lib/base/error_message.ts";
import type { StoreEngine } from "./store_engine.ts";

/** Time for which a start waits for a store on a server. */
export const REACHED_WITHIN_MS = 30_000;

const BACKOFF = { firstMs: 100, maxMs: 1_000 };

/** A store cannot be opened; the message is the reason, for the operator. */
export class CannotOpenError extends Error {
  override name = "CannotOpenError";
}

/** Returns why a store could not be opened. */
export function whyNotOpened(cause: unknown): string {
  return cause instanceof CannotOpenError ? cause.message : String(cause);
}

/**
 * Opens a store on a server and waits for its first answer. Tries again for
 * `withinMs`, because the server may be starting, too, and then rejects with a
 * CannotOpenError. Rejects immediately if `open` rejects with such an error.
 */
export async function reach(
  open: () => Promise<StoreEngine>,
  withinMs = REACHED_WITHIN_MS,
): Promise<StoreEngine> {
  const over = new AbortController();
  const { promise: late, reject } = Promise.withResolvers<never>();
  let why = "";
  const timer = setTimeout(() => {
    const text = `its server has not answered within ${withinMs / 1_000} s`;
    reject(new CannotOpenError(text + why));
    over.abort();
  }, withinMs);
  const opened = tries(open, over.signal, (error) => {
    why = `: ${errorMessage(error)}`;
  });
  try {
    return await Promise.race([opened, late]);
  } catch (error) {
    opened.then((kv) => kv.close(), () => {}); // It has answered too late.
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function tries(
  open: () => Promise<StoreEngine>,
  signal: AbortSignal,
  onError: (error: unknown) => void,
): Promise<StoreEngine> {
  for (let attempt = 0;; attempt++) {
    try {
      return await answering(open);
    } catch (error) {
      if (error instanceof CannotOpenError) throw error;
      onError(error);
    }
    const waitMs = backoffMs(attempt, BACKOFF, Math.random());
    await pause(waitMs, undefined, { signal });
  }
}

async function answering(
  open: () => Promise<StoreEngine>,
): Promise<StoreEngine> {
  const kv = await open();
  try {
    await kv.get(["schema"]);
    return kv;
  } catch (error) {
    kv.close();
    throw error;
  }
}
