/*
 * Log-probabilities of texts and their exact gradients. A text is a prefix with any number of branches, each of which sees the
 * prefix and itself: what two replies have in common is read once.
 */
#include "model.h"

/* Queries at a time: their scores stay near at hand. */
#define BLOCK 16

typedef struct {
  int rows;
  const int *token, *position;
  /* Row at which each row's branch begins; 0 in the prefix. */
  const int *branch;
  /* Rows of the prefix: all of them where nothing branches. */
  int prefix;
  /* Rows at which something is predicted, and what. */
  int targets;
  const int *target_row, *target_token;
} Text;

typedef struct {
  float *x, *h, *qkv, *att, *middle, *h2, *gate_up, *act;
} LayerRun;

typedef struct {
  LayerRun layer[MOST_LAYERS];
  float *x, *last, *last_normal, *logits;
  float *most, *sum; /* [targets]: the largest logit, and the sum of exp(logit - largest) */
  /* For the way back. */
  float *dx, *dh, *dqkv, *datt, *dgate_up, *dact, *dlast, *scores, *dscores;
} Run;

static Text text;
static Run run;

static float *take(float **at, long n) {
  float *here = *at;
  *at += (n + LANES - 1) / LANES * LANES;
  return here;
}

/* Lays the run out from `at` on; returns its end. */
static float *lay_out(float *at) {
  const long n = text.rows, m = text.targets, d = shape.width, f = shape.inner;
  run.x = take(&at, n * d);
  for (int l = 0; l < shape.layers; l++) {
    LayerRun *of = &run.layer[l];
    of->x = take(&at, n * d), of->h = take(&at, n * d), of->qkv = take(&at, 3 * n * d), of->att = take(&at, n * d);
    of->middle = take(&at, n * d), of->h2 = take(&at, n * d), of->gate_up = take(&at, 2 * n * f), of->act = take(&at, n * f);
  }
  run.last = take(&at, m * d), run.last_normal = take(&at, m * d), run.logits = take(&at, m * shape.vocabulary);
  run.most = take(&at, m), run.sum = take(&at, m);
  run.dx = take(&at, n * d), run.dh = take(&at, n * d), run.dqkv = take(&at, 3 * n * d), run.datt = take(&at, n * d);
  run.dgate_up = take(&at, 2 * n * f), run.dact = take(&at, n * f), run.dlast = take(&at, m * d);
  run.scores = take(&at, BLOCK * (n + LANES)), run.dscores = take(&at, BLOCK * (n + LANES));
  return at;
}

/* A block of queries and the keys that they see: `before` rows of the prefix, then rows `from` to `to` of their own. */
typedef struct {
  int first, rows, before, from, to, stride;
} Sight;

static Sight sight_from(int first) {
  const int branch = text.branch[first], before = first < text.prefix ? 0 : text.prefix;
  int rows = 1;
  while (rows < BLOCK && first + rows < text.rows && text.branch[first + rows] == branch &&
         (first + rows < text.prefix) == (first < text.prefix))
    rows++;
  const int keys = before + first + rows - branch;
  return (Sight){first, rows, before, branch, first + rows, (keys + LANES - 1) / LANES * LANES};
}

/* C[rows, keys] = A B' over the keys that are seen; B has the stride of `qkv`. */
INLINE void over_keys(float *c, const float *a, long lda, const float *b, const Sight *s, int head) {
  const long stride = 3 * shape.width;
  if (s->before > 0) product_transposed(c, s->stride, a, lda, b, stride, s->rows, head, s->before, 0);
  product_transposed(c + s->before, s->stride, a, lda, b + s->from * stride, stride, s->rows, head, s->to - s->from, 0);
}

/* Shares of a block's queries of one head, [rows, keys], zeros where nothing is seen. */
HOT void shares_of(float *scores, const float *qkv, const Sight *s, int h) {
  const int d = shape.width, head = d / shape.heads;
  over_keys(scores, qkv + (long)s->first * 3 * d + h * head, 3 * d, qkv + d + h * head, s, head);
  for (int i = 0; i < s->rows; i++)
    soften(scores + i * s->stride, s->before + s->first + i - s->from + 1, s->stride, inverse_root(head));
}

/* C[rows, head] = shares B over the keys that are seen. */
INLINE void through_keys(float *c, long ldc, const float *shares, const float *b, const Sight *s, int head) {
  const long stride = 3 * shape.width;
  if (s->before > 0) product(c, ldc, shares, s->stride, 1, b, stride, s->rows, s->before, head, 0);
  product(c, ldc, shares + s->before, s->stride, 1, b + s->from * stride, stride, s->rows, s->to - s->from, head,
          s->before > 0);
}

/* B[keys, head] += shares' A for the keys that are seen. */
INLINE void back_to_keys(float *b, const float *shares, const float *a, long lda, const Sight *s, int head) {
  const long stride = 3 * shape.width;
  if (s->before > 0) product(b, stride, shares, 1, s->stride, a, lda, s->before, s->rows, head, 1);
  product(b + s->from * stride, stride, shares + s->before, 1, s->stride, a, lda, s->to - s->from, s->rows, head, 1);
}

HOT void attend(float *att, const float *qkv) {
  const int d = shape.width, head = d / shape.heads;
  for (int first = 0; first < text.rows;) {
    Sight s = sight_from(first);
    for (int h = 0; h < shape.heads; h++) {
      shares_of(run.scores, qkv, &s, h);
      through_keys(att + (long)first * d + h * head, d, run.scores, qkv + 2 * d + h * head, &s, head);
    }
    first += s.rows;
  }
}

/* dqkv = the gradient of `attend` for `datt`. */
HOT void attend_back(float *dqkv, const float *datt, const float *att, const float *qkv) {
  const int d = shape.width, head = d / shape.heads;
  const vec scale = splat(inverse_root(head));
  clear(dqkv, (long)text.rows * 3 * d);
  for (int first = 0; first < text.rows;) {
    Sight s = sight_from(first);
    for (int h = 0; h < shape.heads; h++) {
      const long at = (long)first * d + h * head, in = (long)first * 3 * d + h * head;
      shares_of(run.scores, qkv, &s, h);
      over_keys(run.dscores, datt + at, d, qkv + 2 * d + h * head, &s, head);
      back_to_keys(dqkv + 2 * d + h * head, run.scores, datt + at, d, &s, head);
      for (int i = 0; i < s.rows; i++) {
        float *p = run.scores + i * s.stride, *dp = run.dscores + i * s.stride;
        const vec mean = splat(dot(datt + at + i * d, att + at + i * d, head));
        for (int k = s.before + s.to - s.from; k < s.stride; k++) dp[k] = 0;
        for (int k = 0; k < s.stride; k += LANES) store(dp + k, load(p + k) * (load(dp + k) - mean) * scale);
      }
      through_keys(dqkv + in, 3 * d, run.dscores, qkv + d + h * head, &s, head);
      back_to_keys(dqkv + d + h * head, run.dscores, qkv + in, 3 * d, &s, head);
    }
    first += s.rows;
  }
}

static void forward(void) {
  const int d = shape.width, f = shape.inner, n = text.rows, m = text.targets;
  float *x = run.x;
  for (int r = 0; r < n; r++) copy(x + r * d, weights.embedding + text.token[r] * d, d);
  for (int l = 0; l < shape.layers; l++) {
    const Layer *w = &weights.layer[l];
    LayerRun *of = &run.layer[l];
    copy(of->x, x, (long)n * d);
    normalise(of->h, x, w->attention_norm, n);
    product(of->qkv, 3 * d, of->h, d, 1, w->qkv, 3 * d, n, d, 3 * d, 0);
    rotate(of->qkv, text.position, n, 1);
    attend(of->att, of->qkv);
    product(x, d, of->att, d, 1, w->out, d, n, d, d, 1);
    copy(of->middle, x, (long)n * d);
    normalise(of->h2, x, w->mlp_norm, n);
    product(of->gate_up, 2 * f, of->h2, d, 1, w->gate_up, 2 * f, n, d, 2 * f, 0);
    gated(of->act, of->gate_up, n);
    product(x, d, of->act, f, 1, w->down, d, n, f, d, 1);
  }
  for (int i = 0; i < m; i++) copy(run.last + i * d, x + text.target_row[i] * d, d);
  normalise(run.last_normal, run.last, weights.norm, m);
  product_transposed(run.logits, shape.vocabulary, run.last_normal, d, weights.embedding, d, m, d, shape.vocabulary, 0);
}

/*
 * log p of each target, less its last step: `into`[2 i] = logit - largest, [2 i + 1] = sum of exp(logit - largest), so that
 * log p = [2 i] - log [2 i + 1].
 */
HOT void judge(float *into) {
  const int n = shape.vocabulary;
  for (int i = 0; i < text.targets; i++) {
    const float *logits = run.logits + (long)i * n;
    float most = logits[0];
    for (int t = 1; t < n; t++) most = logits[t] > most ? logits[t] : most;
    vec sum = splat(0);
    for (int t = 0; t < n; t += LANES) sum += vexp(load(logits + t) - splat(most));
    run.most[i] = most, run.sum[i] = across(sum);
    into[2 * i] = logits[text.target_token[i]] - most, into[2 * i + 1] = run.sum[i];
  }
}

/* Logits become the gradient of sum_i pull[i] log p_i with respect to them. */
HOT void pull_logits(const float *pull) {
  const int n = shape.vocabulary;
  for (int i = 0; i < text.targets; i++) {
    float *logits = run.logits + (long)i * n;
    const vec most = splat(run.most[i]), share = splat(-pull[i] / run.sum[i]);
    for (int t = 0; t < n; t += LANES) store(logits + t, vexp(load(logits + t) - most) * share);
    logits[text.target_token[i]] += pull[i];
  }
}

/* Adds the gradient of sum_i pull[i] log p_i to `gradient`; the run must be fresh from `forward` and `judge`. */
static void backward(const float *pull) {
  const int d = shape.width, f = shape.inner, n = text.rows, m = text.targets, v = shape.vocabulary;
  pull_logits(pull);
  product(run.dlast, d, run.logits, v, 1, weights.embedding, d, m, v, d, 0);
  product(gradient.embedding, d, run.logits, 1, v, run.last_normal, d, v, m, d, 1);
  clear(run.last_normal, (long)m * d);
  normalise_back(run.last_normal, gradient.norm, run.dlast, run.last, weights.norm, m);
  float *dx = run.dx;
  clear(dx, (long)n * d);
  for (int i = 0; i < m; i++) add_to(dx + text.target_row[i] * d, run.last_normal + i * d, d);
  for (int l = shape.layers - 1; l >= 0; l--) {
    const Layer *w = &weights.layer[l], *g = &gradient.layer[l];
    const LayerRun *of = &run.layer[l];
    product(g->down, d, of->act, 1, f, dx, d, f, n, d, 1);
    product_transposed(run.dact, f, dx, d, w->down, d, n, d, f, 0);
    gated_back(run.dgate_up, run.dact, of->gate_up, n);
    product(g->gate_up, 2 * f, of->h2, 1, d, run.dgate_up, 2 * f, d, n, 2 * f, 1);
    product_transposed(run.dh, d, run.dgate_up, 2 * f, w->gate_up, 2 * f, n, 2 * f, d, 0);
    normalise_back(dx, g->mlp_norm, run.dh, of->middle, w->mlp_norm, n);
    product(g->out, d, of->att, 1, d, dx, d, d, n, d, 1);
    product_transposed(run.datt, d, dx, d, w->out, d, n, d, d, 0);
    attend_back(run.dqkv, run.datt, of->att, of->qkv);
    rotate(run.dqkv, text.position, n, -1);
    product(g->qkv, 3 * d, of->h, 1, d, run.dqkv, 3 * d, d, n, 3 * d, 1);
    product_transposed(run.dh, d, run.dqkv, 3 * d, w->qkv, 3 * d, n, 3 * d, d, 0);
    normalise_back(dx, g->attention_norm, run.dh, of->x, w->attention_norm, n);
  }
  for (int r = 0; r < n; r++) add_to(gradient.embedding + text.token[r] * d, dx + r * d, d);
}

/* AdamW (Loshchilov and Hutter, 2019, arXiv 1711.05101). `rate` has the bias corrections in it, `floor` the corrected epsilon. */
HOT void descend(float *w, const float *g, float *mean, float *square, long n, float share, float rate, float first,
                 float second, float floor, float decay) {
  const vec b1 = splat(first), b2 = splat(second), c1 = splat(1 - first), c2 = splat(1 - second), step = splat(rate),
            low = splat(floor), keep = splat(1 - decay), scaled = splat(share);
  for (long i = 0; i < n; i += LANES) {
    vec slope = load(g + i) * scaled;
    vec m = load(mean + i) * b1 + slope * c1, s = load(square + i) * b2 + slope * slope * c2, root;
    for (int j = 0; j < LANES; j++) root[j] = __builtin_sqrtf(s[j]);
    store(mean + i, m), store(square + i, s);
    store(w + i, load(w + i) * keep - step * m / (root + low));
  }
}
