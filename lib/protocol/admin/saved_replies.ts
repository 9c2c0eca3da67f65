import * as v from "valibot";
import { SavedReplyContent } from "@/lib/model/saved_reply.ts";
import { type Answer, JsonClient } from "./json_client.ts";

// Saved replies. Agents and administrators read the shared ones, and agents have
// personal ones that nobody else sees:
//
//   GET    /api/account/replies       -> SavedReplyList
//   POST   /api/account/replies       SavedReplyContent -> SavedReplyView (201)
//   PUT    /api/account/replies/<id>  SaveReply -> SavedReplyView | 409
//   DELETE /api/account/replies/<id>
//
// Only for administrators, who edit the shared ones:
//
//   POST   /api/replies               SavedReplyContent -> SavedReplyView (201)
//   PUT    /api/replies/<id>          SaveReply -> SavedReplyView | 409
//   DELETE /api/replies/<id>

export const SaveReply = v.strictObject({
  /** The state that this one replaces. */
  revision: v.pipe(v.string("must be a text"), v.maxLength(64)),
  ...SavedReplyContent.entries,
});
export type SaveReply = v.InferOutput<typeof SaveReply>;

export const SavedReplyView = v.object({
  id: v.string(),
  revision: v.string(),
  /** True if all agents share it. */
  isShared: v.boolean(),
  name: v.string(),
  /** "" for visitors of all languages. */
  lang: v.string(),
  text: v.string(),
});
export type SavedReplyView = v.InferOutput<typeof SavedReplyView>;

export const SavedReplyList = v.object({
  /** The shared replies, and the user's personal ones. */
  replies: v.array(SavedReplyView),
  /** The user's name, with which replies are filled in. */
  agent: v.string(),
});
export type SavedReplyList = v.InferOutput<typeof SavedReplyList>;

const Nothing = v.undefined();

/** The client for saved replies. */
export class SavedReplyClient extends JsonClient {
  savedReplies(): Answer<SavedReplyList> {
    return this.call("GET", "/api/account/replies", SavedReplyList);
  }

  createReply(
    content: SavedReplyContent,
    { isShared }: Pick<SavedReplyView, "isShared">,
  ): Answer<SavedReplyView> {
    return this.send("POST", pathOf(isShared), content, SavedReplyView);
  }

  saveReply(
    { id, isShared }: Pick<SavedReplyView, "id" | "isShared">,
    save: SaveReply,
  ): Answer<SavedReplyView> {
    const path = `${pathOf(isShared)}/${encodeURIComponent(id)}`;
    return this.send("PUT", path, save, SavedReplyView);
  }

  deleteReply(
    { id, isShared }: Pick<SavedReplyView, "id" | "isShared">,
  ): Answer<undefined> {
    const path = `${pathOf(isShared)}/${encodeURIComponent(id)}`;
    return this.call("DELETE", path, Nothing);
  }
}

function pathOf(isShared: boolean): string {
  return isShared ? "/api/replies" : "/api/account/replies";
}
