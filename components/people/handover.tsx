import { fill } from "@/lib/i18n/fill.ts";
import { Button } from "@/lib/ui/button.tsx";
import { Banner } from "@/lib/ui/notices.tsx";
import { CopyBox } from "../admin/copy_box.tsx";
import { useLanguage } from "../admin/language.tsx";
import type { PasswordHandover } from "./people_model.ts";

/** A made-up password that was saved. No page shows it again, so it stays until
 * the admin closes it. */
export function Handover({ handover, onClose }: {
  handover: PasswordHandover;
  onClose: () => void;
}) {
  const { texts: { people, common } } = useLanguage();
  const { name, password } = handover;
  return (
    <div class="handover">
      <Banner
        kind="good"
        live
        actions={<Button size="small" onClick={onClose}>{common.close}</Button>}
      >
        <p>{fill(people.handover, { name })}</p>
        <CopyBox
          key={password}
          text={password}
          label={fill(people.handoverLabel, { name })}
          button={people.copyPassword}
        />
      </Banner>
    </div>
  );
}
