import { SavedReplyContent } from "@/lib/model/saved_reply.ts";
import { SaveReply } from "@/lib/protocol/admin/saved_replies.ts";
import { readJson } from "./api_body.ts";
import { refuse } from "./api_errors.ts";
import { authorOf, type State } from "./state.ts";

const BYTES_MAX = 16 * 1024;

interface Asked {
  req: Request;
  state: State;
  /** True for the replies that all agents share. */
  isShared: boolean;
}

/** Creates a saved reply from the body of a request. */
export async function createReply(
  { req, state, isShared }: Asked,
): Promise<Response> {
  const content = await readJson(req, SavedReplyContent, BYTES_MAX);
  if (!content.ok) return refuse(content.error);
  const { savedReplies } = state.services;
  const editor = { by: authorOf(state), isShared };
  const made = await savedReplies.create(content.value, editor);
  if (!made.ok) return refuse({ reason: made.error.reason });
  return Response.json(made.value, { status: 201 });
}

/** Saves a reply as the body of a request says. */
export async function saveReply(
  id: string,
  { req, state, isShared }: Asked,
): Promise<Response> {
  const save = await readJson(req, SaveReply, BYTES_MAX);
  if (!save.ok) return refuse(save.error);
  const { savedReplies } = state.services;
  const editor = { by: authorOf(state), isShared };
  const saved = await savedReplies.save(id, save.value, editor);
  if (!saved.ok) return refuse({ reason: saved.error.reason });
  return Response.json(saved.value);
}

export async function deleteReply(
  id: string,
  { state, isShared }: Omit<Asked, "req">,
): Promise<Response> {
  const { savedReplies } = state.services;
  const editor = { by: authorOf(state), isShared };
  const isGone = await savedReplies.delete(id, editor);
  if (!isGone) return refuse({ reason: "not-found" });
  return new Response(null, { status: 204 });
}
