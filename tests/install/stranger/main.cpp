// A stranger's first program with the installed library.
#include <wirecopy/wirecopy.h>

#include <cstdio>

int main() {
  using namespace wirecopy;
  const Shingling pairs_of_words{.words = 2};
  const ShingleSet first =
      shingle(normalize("The harbour bridge reopened on Monday, at last."), pairs_of_words);
  const ShingleSet second =
      shingle(normalize("THE HARBOUR BRIDGE reopened on Monday at noon"), pairs_of_words);
  const Similarity similarity = compare(first, second);
  std::printf("wirecopy %s, jaccard %.2f\n", kVersion, similarity.jaccard());
}
