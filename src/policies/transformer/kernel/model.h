#pragma once
/*
 * A decoder of the Llama family (Touvron et al., 2023, arXiv 2302.13971): RMSNorm before each block, rotary positions, SwiGLU,
 * no biases, embeddings that are also the output's. Matrices stand as [in, out], so that y = x W.
 */
#include "linear-algebra.h"

typedef struct {
  int width, layers, heads, inner, vocabulary, context;
  float epsilon;
} Shape;

typedef struct {
  float *attention_norm; /* [width] */
  float *qkv;            /* [width, 3 width] */
  float *out;            /* [width, width] */
  float *mlp_norm;       /* [width] */
  float *gate_up;        /* [width, 2 inner] */
  float *down;           /* [inner, width] */
} Layer;

#define MOST_LAYERS 12

typedef struct {
  float *embedding; /* [vocabulary, width] */
  Layer layer[MOST_LAYERS];
  float *norm; /* [width] */
} Weights;

static Shape shape;
static Weights weights, gradient;
static const float *cosines, *sines; /* [context, head / 2] */

static float *place(Weights *into, float *at) {
  const int d = shape.width, f = shape.inner;
  into->embedding = at, at += shape.vocabulary * d;
  for (int l = 0; l < shape.layers; l++) {
    Layer *layer = &into->layer[l];
    layer->attention_norm = at, at += d;
    layer->qkv = at, at += 3 * d * d;
    layer->out = at, at += d * d;
    layer->mlp_norm = at, at += d;
    layer->gate_up = at, at += 2 * d * f;
    layer->down = at, at += d * f;
  }
  into->norm = at, at += d;
  return at;
}

INLINE float inverse_root(float x) { return 1.0f / __builtin_sqrtf(x); }

INLINE float dot(const float *a, const float *b, int n) {
  vec sum = splat(0);
  for (int i = 0; i < n; i += LANES) sum += load(a + i) * load(b + i);
  return across(sum);
}

INLINE float inverse_scale(const float *x) {
  return inverse_root(dot(x, x, shape.width) / shape.width + shape.epsilon);
}

/* y = x / rms(x) * w, row by row */
HOT void normalise(float *y, const float *x, const float *w, int rows) {
  const int d = shape.width;
  for (int r = 0; r < rows; r++, x += d, y += d) {
    vec scale = splat(inverse_scale(x));
    for (int i = 0; i < d; i += LANES) store(y + i, load(x + i) * scale * load(w + i));
  }
}

/* dx += the gradient of `normalise` for dy; dw += likewise */
HOT void normalise_back(float *dx, float *dw, const float *dy, const float *x, const float *w, int rows) {
  const int d = shape.width;
  for (int r = 0; r < rows; r++, x += d, dx += d, dy += d) {
    float scale = inverse_scale(x);
    vec s = splat(scale), sum = splat(0);
    for (int i = 0; i < d; i += LANES) {
      vec pulled = load(dy + i) * load(x + i);
      sum += pulled * load(w + i);
      store(dw + i, load(dw + i) + pulled * s);
    }
    vec along = splat(across(sum) * scale * scale * scale / d);
    for (int i = 0; i < d; i += LANES)
      store(dx + i, load(dx + i) + s * load(w + i) * load(dy + i) - along * load(x + i));
  }
}

/* Turns the first two thirds of each row of [rows, 3 width], queries and keys, by its position; back with sign -1. */
HOT void rotate(float *qkv, const int *position, int rows, float sign) {
  const int d = shape.width, head = d / shape.heads, half = head / 2;
  for (int r = 0; r < rows; r++) {
    const float *c = cosines + position[r] * half, *s = sines + position[r] * half;
    float *x = qkv + (long)r * 3 * d;
    for (int h = 0; h < 2 * shape.heads; h++, x += head)
      for (int i = 0; i < half; i += LANES) {
        vec a = load(x + i), b = load(x + half + i), cos = load(c + i), sin = load(s + i) * splat(sign);
        store(x + i, a * cos - b * sin);
        store(x + half + i, b * cos + a * sin);
      }
  }
}

INLINE vec sigmoid(vec x) { return splat(1) / (splat(1) + vexp(-x)); }

/* [rows, 2 inner] to [rows, inner]: gate sigmoid(gate) up */
HOT void gated(float *y, const float *gate_up, int rows) {
  const int f = shape.inner;
  for (int r = 0; r < rows; r++, gate_up += 2 * f, y += f)
    for (int i = 0; i < f; i += LANES) {
      vec gate = load(gate_up + i);
      store(y + i, gate * sigmoid(gate) * load(gate_up + f + i));
    }
}

HOT void gated_back(float *d_gate_up, const float *dy, const float *gate_up, int rows) {
  const int f = shape.inner;
  for (int r = 0; r < rows; r++, gate_up += 2 * f, d_gate_up += 2 * f, dy += f)
    for (int i = 0; i < f; i += LANES) {
      vec gate = load(gate_up + i), up = load(gate_up + f + i), pull = load(dy + i), share = sigmoid(gate);
      store(d_gate_up + i, pull * up * share * (splat(1) + gate * (splat(1) - share)));
      store(d_gate_up + f + i, pull * gate * share);
    }
}

/*
 * Scores of one row over its keys to shares, in place: exp(scale s - max) / sum over the first `count`; zeros from there to
 * `padded`, or to the next multiple of LANES.
 */
HOT void soften(float *s, int count, int padded, float scale) {
  float max = s[0];
  for (int i = 1; i < count; i++) max = s[i] > max ? s[i] : max;
  vec sum = splat(0);
  const vec factor = splat(scale), from = splat(max * scale);
  int whole = (count + LANES - 1) / LANES * LANES;
  for (int i = count; i < whole; i++) s[i] = max;
  for (int i = 0; i < whole; i += LANES) store(s + i, vexp(load(s + i) * factor - from));
  for (int i = count; i < whole || i < padded; i++) s[i] = 0;
  for (int i = 0; i < whole; i += LANES) sum += load(s + i);
  const vec share = splat(1.0f / across(sum));
  for (int i = 0; i < whole; i += LANES) store(s + i, load(s + i) * share);
}

INLINE void add_to(float *x, const float *y, long n) {
  for (long i = 0; i < n; i += LANES) store(x + i, load(x + i) + load(y + i));
}

INLINE void clear(float *x, long n) {
  for (long i = 0; i < n; i += LANES) store(x + i, splat(0));
}

INLINE void copy(float *to, const float *from, long n) {
  for (long i = 0; i < n; i += LANES) store(to + i, load(from + i));
}
