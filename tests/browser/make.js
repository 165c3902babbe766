import { make } from "./pages.js";

make();
