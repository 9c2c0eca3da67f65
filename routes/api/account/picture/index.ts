import { ownAccount, savedAccount } from "@/lib/web/own_account.ts";
import { uploadedPicture } from "@/lib/web/picture_files.ts";
import { define } from "@/lib/web/state.ts";

export const handlers = define.handlers({
  async PUT({ req, state }) {
    const uploaded = await uploadedPicture(req, state.services);
    if (!uploaded.ok) return uploaded.error;
    const own = state.services.ownAccount;
    return savedAccount(
      await own.setPicture(ownAccount(state), uploaded.value),
    );
  },

  async DELETE({ state }) {
    const own = state.services.ownAccount;
    return savedAccount(await own.setPicture(ownAccount(state), undefined));
  },
});
