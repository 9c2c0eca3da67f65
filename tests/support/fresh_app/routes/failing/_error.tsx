import { HttpError } from "fresh";
import { define } from "../../define.ts";

export default define.page(({ error }) => {
  if (error instanceof HttpError) throw error; // The page further out has it.
  return <h1>Failed here</h1>;
});
