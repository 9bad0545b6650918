/** The one function of subset-font that is used; the package has no types. */
declare module 'subset-font' {
  export default function subsetFont (font: Buffer, text: string, options: { readonly targetFormat: 'woff2' | 'sfnt' }): Promise<Buffer>
}
