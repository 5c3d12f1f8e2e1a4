#pragma once
/*
 * Vectors and matrix products. Every element of a product is summed in the same order whatever the number of rows, so that a
 * row's result does not depend on what else is in the batch. No fused multiply-add, no relaxed SIMD: equal in every engine.
 */
#define LANES 4
typedef float vec __attribute__((vector_size(4 * LANES), aligned(4), may_alias));
typedef int ivec __attribute__((vector_size(4 * LANES), aligned(4), may_alias));
#define INLINE static inline __attribute__((always_inline))
/* V8 leaves a large function in its baseline tier for long: what is hot is a function of its own. */
#define HOT static __attribute__((noinline))
#define MIN(a, b) ((a) < (b) ? (a) : (b))

INLINE vec load(const float *from) { return *(const vec *)from; }
INLINE void store(float *to, vec what) { *(vec *)to = what; }
INLINE vec splat(float x) { return (vec){x, x, x, x}; }
INLINE float across(vec x) { return (x[0] + x[1]) + (x[2] + x[3]); }

/* exp for x in [-87, 87], 2 ulp; beyond, as at the end of that range. Cephes' polynomial on x - n ln 2. */
INLINE vec vexp(vec x) {
  const vec low = splat(-87.0f), high = splat(87.0f);
  ivec under = x < low, over = x > high;
  x = (vec)(((ivec)x & ~under) | ((ivec)low & under));
  x = (vec)(((ivec)x & ~over) | ((ivec)high & over));
  /* Adding 1.5 * 2^23 rounds to an integer, which then stands in the low bits. */
  vec shifted = x * splat(1.44269504088896341f) + splat(12582912.0f);
  vec n = shifted - splat(12582912.0f);
  vec r = x - n * splat(0.693359375f);
  r = r - n * splat(-2.12194440e-4f);
  vec y = splat(1.9875691500e-4f);
  y = y * r + splat(1.3981999507e-3f);
  y = y * r + splat(8.3334519073e-3f);
  y = y * r + splat(4.1665795894e-2f);
  y = y * r + splat(1.6666665459e-1f);
  y = y * r + splat(5.0000001201e-1f);
  y = y * r * r + r + splat(1.0f);
  ivec exponent = (ivec)shifted << 23;
  return (vec)((ivec)y + exponent);
}

/* rows x vectors of C, kept in registers: C[i, j] (+)= sum_k A[i sa + k sb] B[k, j]. */
INLINE void tile(const int rows, const int vectors, float *c, long ldc, const float *a, long sa, long sb, const float *b,
                 long ldb, int depth, int add) {
  vec sum[4][2];
  for (int i = 0; i < rows; i++)
    for (int v = 0; v < vectors; v++) sum[i][v] = add ? load(c + i * ldc + v * LANES) : splat(0);
  for (int k = 0; k < depth; k++) {
    vec right[2];
    for (int v = 0; v < vectors; v++) right[v] = load(b + k * ldb + v * LANES);
    for (int i = 0; i < rows; i++) {
      vec left = splat(a[i * sa + k * sb]);
      for (int v = 0; v < vectors; v++) sum[i][v] += left * right[v];
    }
  }
  for (int i = 0; i < rows; i++)
    for (int v = 0; v < vectors; v++) store(c + i * ldc + v * LANES, sum[i][v]);
}

#define TILES(NAME, ROWS)                                                                                               \
  HOT void NAME(float *c, long ldc, const float *a, long sa, long sb, const float *b, long ldb, int depth, int width,    \
                int add) {                                                                                              \
    int j = 0;                                                                                                          \
    for (; j + 2 * LANES <= width; j += 2 * LANES) tile(ROWS, 2, c + j, ldc, a, sa, sb, b + j, ldb, depth, add);          \
    for (; j < width; j += LANES) tile(ROWS, 1, c + j, ldc, a, sa, sb, b + j, ldb, depth, add);                           \
  }
TILES(tiles1, 1)
TILES(tiles2, 2)
TILES(tiles3, 3)
TILES(tiles4, 4)

/* C[rows, width] (+)= A B, A[i, k] at a[i sa + k sb], B[depth, width]; width is a multiple of LANES. */
HOT void product(float *c, long ldc, const float *a, long sa, long sb, const float *b, long ldb, int rows, int depth,
                 int width, int add) {
  /* So many rows of B at a time as stay near at hand. */
  const int most = 192;
  for (int k = 0; k < depth || (k == 0 && !add); k += most) {
    int deep = MIN(most, depth - k), more = add || k > 0;
    const float *ak = a + k * sb, *bk = b + k * ldb;
    int i = 0;
    for (; i + 4 <= rows; i += 4) tiles4(c + i * ldc, ldc, ak + i * sa, sa, sb, bk, ldb, deep, width, more);
    if (rows - i == 3) tiles3(c + i * ldc, ldc, ak + i * sa, sa, sb, bk, ldb, deep, width, more);
    if (rows - i == 2) tiles2(c + i * ldc, ldc, ak + i * sa, sa, sb, bk, ldb, deep, width, more);
    if (rows - i == 1) tiles1(c + i * ldc, ldc, ak + i * sa, sa, sb, bk, ldb, deep, width, more);
  }
}

INLINE void dots(const int rows, const int columns, float *c, long ldc, const float *a, long lda, const float *b, long ldb,
                 int depth, int add) {
  vec sum[4][2];
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < columns; j++) sum[i][j] = splat(0);
  for (int k = 0; k < depth; k += LANES) {
    vec right[2];
    for (int j = 0; j < columns; j++) right[j] = load(b + j * ldb + k);
    for (int i = 0; i < rows; i++) {
      vec left = load(a + i * lda + k);
      for (int j = 0; j < columns; j++) sum[i][j] += left * right[j];
    }
  }
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < columns; j++) {
      float *to = c + i * ldc + j;
      *to = add ? *to + across(sum[i][j]) : across(sum[i][j]);
    }
}

#define DOTS(NAME, ROWS)                                                                                                \
  HOT void NAME(float *c, long ldc, const float *a, long lda, const float *b, long ldb, int depth, int columns, int add) { \
    int j = 0;                                                                                                          \
    for (; j + 2 <= columns; j += 2) dots(ROWS, 2, c + j, ldc, a, lda, b + j * ldb, ldb, depth, add);                    \
    for (; j < columns; j++) dots(ROWS, 1, c + j, ldc, a, lda, b + j * ldb, ldb, depth, add);                            \
  }
DOTS(dots1, 1)
DOTS(dots2, 2)
DOTS(dots3, 3)
DOTS(dots4, 4)

/* C[rows, columns] (+)= A B', A[rows, depth], B[columns, depth]; depth is a multiple of LANES. */
HOT void product_transposed(float *c, long ldc, const float *a, long lda, const float *b, long ldb, int rows, int depth,
                            int columns, int add) {
  int i = 0;
  for (; i + 4 <= rows; i += 4) dots4(c + i * ldc, ldc, a + i * lda, lda, b, ldb, depth, columns, add);
  if (rows - i == 3) dots3(c + i * ldc, ldc, a + i * lda, lda, b, ldb, depth, columns, add);
  if (rows - i == 2) dots2(c + i * ldc, ldc, a + i * lda, lda, b, ldb, depth, columns, add);
  if (rows - i == 1) dots1(c + i * ldc, ldc, a + i * lda, lda, b, ldb, depth, columns, add);
}
