import { BlockForm } from "./block_form.tsx";
import type { BlockModel } from "./block_model.ts";
import { Button } from "@/lib/ui/button.tsx";
import { Dialog } from "@/lib/ui/dialog.tsx";
import { Spinner } from "@/lib/ui/spinner.tsx";
import { useLanguage } from "../admin/language.tsx";

/** Asks how to block the visitor of a contact. */
export function BlockDialog({ model, onEnd }: {
  model: BlockModel;
  /** Called when it is closed; `outcome` says in words whether the visitor is
   * blocked now. */
  onEnd: () => void;
}) {
  const { texts: { blocks: { form: texts } } } = useLanguage();
  const asked = model.asked.value;
  const cancel = () => {
    model.close();
    onEnd();
  };
  async function block(): Promise<void> {
    await model.block();
    onEnd();
  }
  return (
    <Dialog
      size="small"
      title={texts.title}
      onClose={cancel}
      footer={
        <>
          <Button autoFocus onClick={cancel}>{texts.cancel}</Button>
          <Button
            kind="danger"
            disabled={asked.state !== "open"}
            busy={asked.state === "open" && asked.isBusy}
            onClick={() => void block()}
          >
            {texts.confirm}
          </Button>
        </>
      }
    >
      {asked.state === "open"
        ? (
          <BlockForm
            choice={model.choice.value}
            blockable={asked.blockable}
            texts={texts}
            onChoice={(choice) => model.choice.value = choice}
          />
        )
        : asked.state === "loading"
        ? (
          <p class="waiting">
            <Spinner />
          </p>
        )
        : <p>{model.outcome.value}</p>}
    </Dialog>
  );
}
