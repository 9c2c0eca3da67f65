import { useState } from "preact/hooks";
import { fill } from "@/lib/i18n/fill.ts";
import type { TokenView } from "@/lib/protocol/admin/tokens.ts";
import { ConfirmDialog } from "@/lib/ui/dialog.tsx";
import { useLanguage } from "../admin/language.tsx";
import type { TokenModel } from "./token_model.ts";

/** Asks before a token is revoked. */
export function RevokeToken({ token, model, onEnd }: {
  token: TokenView;
  model: TokenModel;
  onEnd: () => void;
}) {
  const { texts: { tokens: texts, common } } = useLanguage();
  const [isBusy, setBusy] = useState(false);
  async function revoke(): Promise<void> {
    setBusy(true);
    const isGone = await model.revoke(token);
    onEnd();
    if (isGone) document.getElementById("main")?.focus();
  }
  return (
    <ConfirmDialog
      danger
      busy={isBusy}
      title={fill(texts.revokeTitle, { name: token.name })}
      confirm={texts.revokeConfirm}
      cancel={common.cancel}
      onConfirm={() => void revoke()}
      onCancel={onEnd}
    >
      <p>{texts.revokeText}</p>
    </ConfirmDialog>
  );
}
