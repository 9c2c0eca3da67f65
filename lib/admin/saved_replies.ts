import { newUuid } from "@/lib/base/ids.ts";
import { ok, type Result } from "@/lib/base/result.ts";
import type { Account } from "@/lib/model/account.ts";
import type { Author } from "@/lib/model/audit.ts";
import type { SavedReply, SavedReplyContent } from "@/lib/model/saved_reply.ts";
import type {
  SavedReplyList,
  SavedReplyView,
  SaveReply,
} from "@/lib/protocol/admin/saved_replies.ts";
import type {
  ReplyNotSaved,
  SavedReplyStore,
} from "@/lib/store/saved_reply_store.ts";
import type { Stored } from "@/lib/store/stored.ts";

/** The author of a change, and whose replies it concerns. */
export interface ReplyEditor {
  by: Author;
  /** True for the replies that all agents share. */
  isShared: boolean;
}

/** Saved replies: those that all agents share, and personal ones. */
export class SavedReplies {
  readonly #store: SavedReplyStore;

  constructor(store: SavedReplyStore) {
    this.#store = store;
  }

  /** Returns the replies that this user can insert. */
  async listFor({ id, displayName }: Account): Promise<SavedReplyList> {
    const [shared, own] = await Promise.all([
      this.#store.list(),
      this.#store.list(id),
    ]);
    return { replies: [...shared, ...own].map(viewOf), agent: displayName };
  }

  async create(
    content: SavedReplyContent,
    editor: ReplyEditor,
  ): Promise<Result<SavedReplyView, { reason: "too-many" }>> {
    const reply = { id: newUuid(), ...ownerOf(editor), ...content };
    const made = await this.#store.create(reply, editor.by);
    return made.ok ? ok(viewOf(made.value)) : made;
  }

  async save(
    id: string,
    { revision, ...content }: SaveReply,
    editor: ReplyEditor,
  ): Promise<Result<SavedReplyView, Pick<ReplyNotSaved, "reason">>> {
    const reply = { id, ...ownerOf(editor), ...content };
    const saved = await this.#store.save(reply, revision, editor.by);
    return saved.ok ? ok(viewOf(saved.value)) : saved;
  }

  /** Returns false if the reply does not exist, or belongs to another user. */
  async delete(id: string, editor: ReplyEditor): Promise<boolean> {
    return await this.#store.delete({ id, ...ownerOf(editor) }, editor.by);
  }
}

function ownerOf({ by, isShared }: ReplyEditor): Pick<SavedReply, "owner"> {
  return isShared ? {} : { owner: by.id };
}

function viewOf(
  { revision, value: { id, owner, name, lang, text } }: Stored<SavedReply>,
): SavedReplyView {
  return { id, revision, isShared: owner === undefined, name, lang, text };
}
