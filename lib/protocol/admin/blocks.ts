import * as v from "valibot";
import { Block, BlockTime } from "@/lib/model/block.ts";

// Blocked visitors. An agent can block the visitors of their own contacts, and
// an administrator those of all:
//
//   GET    /api/account/blocks/<contact>  -> Blockable
//   POST   /api/account/blocks            BlockVisitor -> BlockView
//
// Only for administrators:
//
//   GET    /api/blocks                    -> { blocks: BlockView[] }
//   DELETE /api/blocks/<id>

/** The visitor of a contact that is not too old. */
export const Blockable = v.object({
  /** False if the address may be that of a proxy, so that everybody would be
   * blocked. */
  network: v.boolean(),
});
export type Blockable = v.InferOutput<typeof Blockable>;

export const BlockVisitor = v.strictObject({
  /** Id of the call or chat. */
  contact: v.pipe(v.string(), v.minLength(1), v.maxLength(128)),
  for: BlockTime,
  /** True to block everybody at the same network address; otherwise only this
   * visit. */
  network: v.boolean(),
});
export type BlockVisitor = v.InferOutput<typeof BlockVisitor>;

const { marks: _, by: __, ...shown } = Block.entries;

/** A block without the marks of its visitor. */
export const BlockView = v.object({
  ...shown,
  /** Name of the account. */
  by: v.string(),
  network: v.boolean(),
});
export type BlockView = v.InferOutput<typeof BlockView>;

export const BlockList = v.object({ blocks: v.array(BlockView) });
