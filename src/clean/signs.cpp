#include "clean/signs.h"

namespace wirecopy::clean {

bool is_newline(char32_t sign) noexcept {
  return sign == '\n' || sign == '\r' || sign == 0x2028 || sign == 0x2029;
}

bool is_space(char32_t sign) noexcept {
  switch (sign) {
    case ' ':
    case 0x85:
    case 0xa0:
    case 0x1680:
    case 0x200b:
    case 0x202f:
    case 0x205f:
    case 0x3000:
    case 0xfeff:
      return true;
    default:
      return (sign >= '\t' && sign <= '\r') || (sign >= 0x2000 && sign <= 0x200a) ||
             is_newline(sign);
  }
}

Sign sign_of(char32_t sign) noexcept {
  switch (sign) {
    case '(':
    case 0xff08:
      return {Bracket::round, true, false};
    case ')':
    case 0xff09:
      return {Bracket::round, false, true};
    case '[':
    case 0x3010:
    case 0xff3b:
      return {Bracket::square, true, false};
    case ']':
    case 0x3011:
    case 0xff3d:
      return {Bracket::square, false, true};
    case '{':
      return {Bracket::curly, true, false};
    case '}':
      return {Bracket::curly, false, true};
    case 0x300a:
    case 0x300c:
    case 0x300e:
      return {Bracket::corner, true, false};
    case 0x300b:
    case 0x300d:
    case 0x300f:
      return {Bracket::corner, false, true};
    case '"':
    case 0xab:
    case 0xbb:
    case 0x201c:
    case 0x201d:
    case 0x201e:
      return {Bracket::quote, true, true};
    default:
      return {};
  }
}

}  // namespace wirecopy::clean
