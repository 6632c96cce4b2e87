//! Tests of the frame, the fields, the parts and the words.
