// The type of a style sheet module, as the bundler makes it.
declare module '*.module.css' {
  const classes: Readonly<Record<string, string>>;
  // biome-ignore lint/style/noDefaultExport: the bundler's form of a style module
  export default classes;
}
declare module '*.css';
