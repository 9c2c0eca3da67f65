import { err, ok } from "@/lib/base/result.ts";
import type {
  ApiAnswerStore,
  KeyedRequest,
  StoredAnswer,
} from "@/lib/store/api_answer_store.ts";
import type { ApiAnswer, ApiResult } from "./operation.ts";
import { problem } from "./problem.ts";

/** The header of an answer that was stored. */
export const REPLAYED = "idempotency-replayed";

/**
 * Carries out a request with an idempotency key once. If it is repeated, it gets
 * the same answer for a day. A request that was refused or has failed can be
 * sent again.
 */
export async function once(
  answers: ApiAnswerStore,
  keyed: KeyedRequest,
  run: () => Promise<ApiResult>,
): Promise<ApiResult> {
  const claim = await answers.claim(keyed);
  switch (claim.is) {
    case "different":
      return err(problem("key-reused", { field: "Idempotency-Key" }));
    case "running":
      return err(problem("in-progress"));
    case "answered":
      return ok(replayed(claim.answer));
    case "new": {
      const result = await run().catch(async (error: unknown) => {
        // The store may be what fails, so the claim may have to expire.
        await answers.release(keyed).catch(() => {});
        throw error;
      });
      if (result.ok) await answers.answer(keyed, storedOf(result.value));
      else await answers.release(keyed);
      return result;
    }
  }
}

function storedOf({ status, headers = {}, body }: ApiAnswer): StoredAnswer {
  const text = body === undefined ? "" : JSON.stringify(body);
  return { status, headers, body: text };
}

function replayed({ status, headers, body }: StoredAnswer): ApiAnswer {
  return {
    status: status === 201 || status === 204 ? status : 200,
    headers: { ...headers, [REPLAYED]: "true" },
    ...body !== "" && { body: JSON.parse(body) },
  };
}
