import { HttpError } from "fresh";
import { define } from "../../define.ts";

export default define.page(({ params }) => {
  if (params["how"] === "teapot") throw new HttpError(418, "I am a teapot");
  throw new Error("secret of the database");
});
