import { fill } from "@/lib/i18n/fill.ts";
import type { TokenView } from "@/lib/protocol/admin/tokens.ts";
import { Deletion } from "../admin/deletion.tsx";
import { useLanguage } from "../admin/language.tsx";
import type { TokenModel } from "./token_model.ts";

/** Asks before a token is revoked. */
export function RevokeToken({ token, model, onEnd }: {
  token: TokenView;
  model: TokenModel;
  onEnd: () => void;
}) {
  const { texts: { tokens: texts } } = useLanguage();
  return (
    <Deletion
      title={fill(texts.revokeTitle, { name: token.name })}
      confirm={texts.revokeConfirm}
      remove={() => model.revoke(token)}
      onEnd={onEnd}
    >
      <p>{texts.revokeText}</p>
    </Deletion>
  );
}
