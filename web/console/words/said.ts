// What a translation looks like.

/** The shape of T with any other texts in it. */
export type Said<T> =
    T extends string ? string
    : T extends (...a: infer A) => infer R ? (...a: A) => Said<R>
    : T extends ReadonlyMap<infer K, unknown> ? ReadonlyMap<K, string>
    : { readonly [K in keyof T]: Said<T[K]> };

/** What the German words must be: every English text has a German one. */
export type Translated<T> = Said<T>;
