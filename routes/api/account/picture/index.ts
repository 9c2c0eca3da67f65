import { savedAccount } from "@/lib/web/own_account.ts";
import { uploadedPicture } from "@/lib/web/picture_files.ts";
import { accountOf, define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  async PUT({ req, state }) {
    const uploaded = await uploadedPicture(req, state.services);
    if (!uploaded.ok) return uploaded.error;
    const own = state.services.ownAccount;
    return savedAccount(
      await own.setPicture(accountOf(state), uploaded.value),
    );
  },

  async DELETE({ state }) {
    const own = state.services.ownAccount;
    return savedAccount(await own.setPicture(accountOf(state), undefined));
  },
});
