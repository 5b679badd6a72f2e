// build.mjs puts a style sheet's text in the place of its import.
declare module "*.css" {
    const text: string;
    export default text;
}
