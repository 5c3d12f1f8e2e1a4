/* What the page calls. All pointers lie in the memory that JavaScript lays out (kernel.ts); nothing here allocates. */
#include "inference.h"
#include "training.h"

#define EXPORT __attribute__((visibility("default")))

EXPORT float *configure(int width, int layers, int heads, int inner, int vocabulary, int context, float epsilon, float *w,
                        float *g, const float *cosine_table, const float *sine_table) {
  shape = (Shape){width, layers, heads, inner, vocabulary, context, epsilon};
  cosines = cosine_table, sines = sine_table;
  place(&gradient, g);
  return place(&weights, w);
}

EXPORT void open_cache(int slots, float *keys, float *values) { cache = (Cache){slots, keys, values}; }

EXPORT void read(const int *token, const int *slot, const int *position, int rows, const int *wanted, int wants, float *logits,
                 float *room) {
  read_tokens(token, slot, position, rows, wanted, wants, logits, room);
}

EXPORT void branch(int from, int to, int length) { copy_prefix(from, to, length); }

EXPORT int sample(const float *logits, float temperature, float uniform, float *room) {
  return draw(logits, temperature, uniform, room);
}

/* Where a text of so many rows and targets would end that begins at `at`. */
EXPORT float *measure(int rows, int targets, float *at) {
  text.rows = rows, text.targets = targets;
  return lay_out(at);
}

EXPORT void look(const int *token, const int *position, const int *from, int rows, int prefix, const int *target_row,
                 const int *target_token, int targets, float *at, float *into) {
  text = (Text){rows, token, position, from, prefix, targets, target_row, target_token};
  lay_out(at);
  forward();
  judge(into);
}

EXPORT void learn(const float *pull) { backward(pull); }

EXPORT double squares(const float *x, int n) {
  double sum = 0;
  for (int i = 0; i < n; i++) sum += (double)x[i] * x[i];
  return sum;
}

EXPORT void adam(float *w, const float *g, float *mean, float *square, int n, float share, float rate, float first,
                 float second, float floor, float decay) {
  descend(w, g, mean, square, n, share, rate, first, second, floor, decay);
}
