import { define } from "../../define.ts";
import Values from "../../islands/Values.tsx";

class Box {}

const props: Record<string, Record<string, unknown>> = {
  function: { onSave: () => {} },
  instance: { box: { inner: new Box() } },
};

export default define.page(({ params }) => (
  <Values {...props[params["what"] ?? ""]} />
));
