/*
 * Reading tokens one batch at a time, with keys and values kept for each slot (a conversation under way). A slot's prefix can
 * be copied to another, so that what branches off is not read again.
 */
#include "model.h"

typedef struct {
  int slots;
  float *keys, *values; /* [layers, slots, context, width] */
} Cache;

static Cache cache;

INLINE float *kept(float *of, int layer, int slot, int position) {
  return of + (((long)layer * cache.slots + slot) * shape.context + position) * shape.width;
}

/* One query over the first `count` of a slot's keys; `scores` has room for `context` rounded up. */
HOT void attend_one(float *to, const float *query, int layer, int slot, int count, float *scores) {
  const int d = shape.width, head = d / shape.heads;
  const float scale = inverse_root(head);
  for (int h = 0; h < shape.heads; h++) {
    const float *keys = kept(cache.keys, layer, slot, 0) + h * head, *values = kept(cache.values, layer, slot, 0) + h * head;
    product_transposed(scores, 0, query + h * head, 0, keys, d, 1, head, count, 0);
    soften(scores, count, 0, scale);
    product(to + h * head, 0, scores, 0, 1, values, d, 1, count, head, 0);
  }
}

HOT void remember(int layer, const float *qkv, const int *slot, const int *position, int rows) {
  const int d = shape.width;
  for (int r = 0; r < rows; r++, qkv += 3 * d) {
    copy(kept(cache.keys, layer, slot[r], position[r]), qkv + d, d);
    copy(kept(cache.values, layer, slot[r], position[r]), qkv + 2 * d, d);
  }
}

/*
 * Reads one token for each row: of slot `slot[r]` at `position[r]`, up to which (exclusive) the slot must hold its prefix or get it in
 * earlier rows. Logits of the rows in `wanted` are written to `logits` [wants, vocabulary].
 * `room`: rows (7 width + 3 inner) + wants width + context + 4 floats.
 */
static void read_tokens(const int *token, const int *slot, const int *position, int rows, const int *wanted, int wants,
                        float *logits, float *room) {
  const int d = shape.width, f = shape.inner;
  float *x = room, *h = x + rows * d, *qkv = h + rows * d, *att = qkv + 3 * rows * d, *gate_up = att + rows * d,
        *act = gate_up + 2 * rows * f, *last = act + rows * f, *scores = last + wants * d;
  for (int r = 0; r < rows; r++) copy(x + r * d, weights.embedding + token[r] * d, d);
  for (int l = 0; l < shape.layers; l++) {
    const Layer *layer = &weights.layer[l];
    normalise(h, x, layer->attention_norm, rows);
    product(qkv, 3 * d, h, d, 1, layer->qkv, 3 * d, rows, d, 3 * d, 0);
    rotate(qkv, position, rows, 1);
    remember(l, qkv, slot, position, rows);
    for (int r = 0; r < rows; r++) attend_one(att + r * d, qkv + r * 3 * d, l, slot[r], position[r] + 1, scores);
    product(x, d, att, d, 1, layer->out, d, rows, d, d, 1);
    normalise(h, x, layer->mlp_norm, rows);
    product(gate_up, 2 * f, h, d, 1, layer->gate_up, 2 * f, rows, d, 2 * f, 0);
    gated(act, gate_up, rows);
    product(x, d, act, f, 1, layer->down, d, rows, f, d, 1);
  }
  for (int i = 0; i < wants; i++) normalise(last + i * d, x + wanted[i] * d, weights.norm, 1);
  product_transposed(logits, shape.vocabulary, last, d, weights.embedding, d, wants, d, shape.vocabulary, 0);
}

static void copy_prefix(int from, int to, int length) {
  for (int l = 0; l < shape.layers; l++) {
    copy(kept(cache.keys, l, to, 0), kept(cache.keys, l, from, 0), (long)length * shape.width);
    copy(kept(cache.values, l, to, 0), kept(cache.values, l, from, 0), (long)length * shape.width);
  }
}

/*
 * A token drawn from softmax(logits / temperature) by `uniform` in [0, 1); the likeliest (the first of equals) at temperature 0.
 * `room` has a place for each token; what stands there after is exp((logit - max) / temperature).
 */
static int draw(const float *logits, float temperature, float uniform, float *room) {
  const int n = shape.vocabulary;
  int best = 0;
  for (int i = 1; i < n; i++) best = logits[i] > logits[best] ? i : best;
  if (temperature == 0) return best;
  const vec most = splat(logits[best]), factor = splat(1.0f / temperature);
  for (int i = 0; i < n; i += LANES) store(room + i, vexp((load(logits + i) - most) * factor));
  double total = 0, sum = 0;
  for (int i = 0; i < n; i++) total += room[i];
  const double goal = total * uniform;
  int last = best;
  for (int i = 0; i < n; i++) {
    sum += room[i];
    if (sum > goal) return i;
    if (room[i] > 0) last = i;
  }
  return last;
}
